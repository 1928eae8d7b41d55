import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthenticate } from '../../../src/api/auth/authenticator';
import { CONFIG_DEFAULTS } from '../../../src/config/defaults';
import { readText, ROOT } from '../../support/repository';
import { toKeysText, toTestKey } from '../../support/api-server';
import { createTempFolder } from '../../support/temp-folder';
import type { TempFolder } from '../../support/temp-folder';
import { waitFor } from '../../support/wait-for';

const EXAMPLE = 'deploy/server-keys.example.yaml';
const EXAMPLE_KEY = /tfk_\w+/.exec(readText(EXAMPLE))![0];

describe('The key of the example, which everybody knows,', () => {
  let folder: TempFolder;
  let path: string;
  const problems: string[] = [];

  beforeEach(() => {
    folder = createTempFolder();
    path = join(folder.path, 'keys.yaml');
    problems.length = 0;
  });

  afterEach(() => folder.remove());

  const open = (isOnlyEmulator: boolean) =>
    createAuthenticate(
      { ...CONFIG_DEFAULTS.server, keysFile: path },
      { isOnlyEmulator, onProblem: (message) => problems.push(message) },
    );

  it('is let in while nothing but an emulator is behind the server', async () => {
    cpSync(join(ROOT, EXAMPLE), path);
    const authenticate = (await open(true))!;
    expect(await authenticate(`Bearer ${EXAMPLE_KEY}`)).toMatchObject({ name: 'key:local' });
    expect(problems).toEqual([]);
  });

  it('keeps a server from starting before a real account, which says what to do', async () => {
    cpSync(join(ROOT, EXAMPLE), path);
    await expect(open(false)).rejects.toThrow(
      /keys\.yaml is refused: local is the key of deploy\/server-keys\.example\.yaml.*make a key of your own/s,
    );
  });

  it('is refused later too: a file that begins to hold it leaves the keys before in force', async () => {
    writeFileSync(path, toKeysText({ own: { role: 'viewer', tenants: ['payments'] } }));
    const authenticate = (await open(false))!;
    cpSync(join(ROOT, EXAMPLE), path);
    const ask = (key: string) => authenticate(`Bearer ${key}`);
    await waitFor(
      async () => [await ask(EXAMPLE_KEY), problems.join()] as const,
      ([, text]) => text.includes('the keys before stay in force'),
      3_000,
    );
    expect(await ask(EXAMPLE_KEY)).toMatchObject({ reason: 'unknown-key' });
    expect(await ask(toTestKey('own'))).toMatchObject({ name: 'key:own' });
  });
});
