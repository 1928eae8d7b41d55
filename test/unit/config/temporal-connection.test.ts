import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTemporalConnection } from '../../../src/config/temporal-connection';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tairfleet-temporal-'));
  file = join(folder, 'temporal.toml');
  writeFileSync(file, '[profile.default]\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the connection to Temporal', () => {
  it('leads to a local server when nothing else is said', () => {
    expect(loadTemporalConnection({ TEMPORAL_CONFIG_FILE: file })).toEqual({
      connectionOptions: { address: '127.0.0.1:7233' },
      namespace: 'default',
    });
  });

  it('takes the variables of the Temporal tools, and an empty one as not set', () => {
    const env = {
      TEMPORAL_CONFIG_FILE: file,
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
      TEMPORAL_NAMESPACE: 'fleet',
      TEMPORAL_API_KEY: '',
    };
    expect(loadTemporalConnection(env)).toEqual({
      connectionOptions: { address: 'temporal.example.com:7233' },
      namespace: 'fleet',
    });
  });

  it('says what to check when the file cannot be used, without any of its text', () => {
    writeFileSync(file, 'api_key = "secret\n[');
    const env = { TEMPORAL_CONFIG_FILE: file };
    expect(() => loadTemporalConnection(env)).toThrow(/TEMPORAL_CONFIG_FILE/);
    expect(() => loadTemporalConnection(env)).not.toThrow(/secret/);
    writeFileSync(file, '');
    expect(() => loadTemporalConnection(env)).toThrow(/\[profile\.default\]/);
  });

  it('takes a profile of the Temporal tools', () => {
    writeFileSync(file, '[profile.prod]\naddress = "prod:7233"\nnamespace = "fleet"\n');
    const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'prod' };
    expect(loadTemporalConnection(env)).toMatchObject({
      connectionOptions: { address: 'prod:7233' },
      namespace: 'fleet',
    });
  });

  it('refuses a client certificate without its key, instead of going without it', () => {
    const env = {
      TEMPORAL_CONFIG_FILE: file,
      TEMPORAL_TLS_CLIENT_CERT_DATA: '-----BEGIN CERTIFICATE-----',
    };
    expect(() => loadTemporalConnection(env)).toThrow(/TEMPORAL_TLS_CLIENT_KEY_PATH/);
  });
});
