import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator } from '../../src/emulator/main';
import { ROOT } from '../support/repository';
import { createTempFolder } from '../support/temp-folder';

/** It waits for its instances for ever; this ends it, also when the test fails. */
const PROGRAM_MAX_MS = 60_000;

const PROGRAM = join(ROOT, 'test/conformance/programs/typescript/life.mjs');

const folder = createTempFolder();
afterAll(() => folder.remove());

test('The official TypeScript SDK, unchanged, leads two instances through their life over HTTPS.', async () => {
  const emulator = await startEmulator({ tls: {}, config: { readyTimeMs: 100 } });
  try {
    const caFile = join(folder.path, 'ca.pem');
    writeFileSync(caFile, emulator.caCertificate ?? '');
    const env = {
      PATH: process.env['PATH'],
      NODE_EXTRA_CA_CERTS: caFile,
      ENDPOINT: new URL(emulator.tlsUrl ?? '').host,
    };
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM], {
      ...{ env, timeout: PROGRAM_MAX_MS },
    });
    expect(stdout).toMatch(/^ok \[ 'r-\w+', 'r-\w+' \]\n$/);
    const stats = await fetch(`${emulator.url}/_emulator/stats`);
    expect(await stats.json()).toMatchObject({
      ...{ instances: { live: 0, deleted: 2 }, orders: 1 },
      tokens: { used: 1, replayed: 1, mismatched: 0 },
    });
  } finally {
    await emulator.close();
  }
});
