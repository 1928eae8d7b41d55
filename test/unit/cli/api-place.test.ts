import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findApiPlace } from '../../../src/cli/api-place';
import { createTempFolder } from '../../support/temp-folder';

const URL = 'https://tairfleet.internal';

describe('where the command line finds the HTTP API', () => {
  it('works next to Temporal until somebody names a server', () => {
    expect(findApiPlace({}, { TAIRFLEET_API_KEY: 'tfk_1' })).toEqual({ ok: true, place: null });
    expect(findApiPlace({}, { TAIRFLEET_SERVER: ' ' })).toEqual({ ok: true, place: null });
    expect(findApiPlace({ apiKeyFile: 'key' }, {})).toMatchObject({ failure: { code: 'usage' } });
  });

  it('takes a flag before a variable, and a file before a key', () => {
    const folder = createTempFolder();
    const file = join(folder.path, 'key');
    writeFileSync(file, 'tfk_of-the-file\n');
    const env = { TAIRFLEET_SERVER: 'http://other:8080', TAIRFLEET_API_KEY: 'tfk_of-the-variable' };
    expect(findApiPlace({}, env)).toMatchObject({
      place: { url: 'http://other:8080', key: 'tfk_of-the-variable' },
    });
    expect(findApiPlace({ server: `${URL}/under/`, apiKeyFile: file }, env)).toEqual({
      ok: true,
      place: { url: `${URL}/under`, key: 'tfk_of-the-file' },
    });
    const byFile = { TAIRFLEET_SERVER: URL, TAIRFLEET_API_KEY_FILE: file };
    expect(findApiPlace({}, byFile)).toMatchObject({ place: { key: 'tfk_of-the-file' } });
    folder.remove();
  });

  it('needs no key for a server that asks nobody', () => {
    expect(findApiPlace({ server: URL }, {})).toEqual({ ok: true, place: { url: URL, key: null } });
  });

  it.each(['tairfleet.internal', 'ftp://host', 'https://ada:secret@host', `${URL}?key=1`, ''])(
    'refuses %j as an address',
    (server) => {
      const found = findApiPlace({ server }, {});
      expect(found).toMatchObject({ ok: false, failure: { code: 'usage' } });
    },
  );

  it('says which file or variable holds no key, and never what it holds', () => {
    const missing = findApiPlace({ server: URL, apiKeyFile: 'no/such/key' }, {});
    expect(missing).toMatchObject({ failure: { code: 'no-such-file' } });
    const broken = findApiPlace({ server: URL }, { TAIRFLEET_API_KEY: 'tfk_one\ntfk_two' });
    expect(broken).toMatchObject({ failure: { code: 'invalid-config' } });
    expect(JSON.stringify(broken)).not.toContain('tfk_');
  });
});
