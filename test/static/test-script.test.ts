import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/repository';
import { createTempFolder } from '../support/temp-folder';

const folder = createTempFolder();

afterAll(() => folder.remove());

/** Test files that the script is tried on; one leaves tests out, since the script must say so. */
const FILES = {
  passing: `test('a', () => {}); test('b', () => {});`,
  failing: `test('c', () => { throw new Error('wrong'); });`,
  skipped: `test.skip('d', () => {}); test.todo('e');`,
  unloadable: `require('./nowhere'); test('f', () => {});`,
};

/** Runs the test script on a project of these files and gives its last line and exit code. */
async function runTestScript(names: (keyof typeof FILES)[], more: object = {}): Promise<unknown> {
  const project = join(folder.path, `${Object.keys(more).length}-${names.join('-')}`);
  mkdirSync(project);
  const config = join(project, 'jest.config.json');
  writeFileSync(config, JSON.stringify({ rootDir: project, transform: {}, ...more }));
  for (const name of names) writeFileSync(join(project, `${name}.test.js`), FILES[name]);
  const args = [join(ROOT, 'scripts/test.mjs'), '--config', config];
  return toOutcome(args);
}

function toOutcome(args: string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, stdout) => {
      const lines = stdout.trimEnd().split('\n');
      resolve({ lines, lastLine: lines.at(-1), exitCode: error?.code ?? 0 });
    });
  });
}

test('A run in which every test passes ends with exit code 0.', async () => {
  expect(await runTestScript(['passing', 'skipped'])).toMatchObject({
    lastLine: '2 passed, 0 failed, 2 skipped',
    exitCode: 0,
  });
});

test('A failed test ends the run with exit code 1.', async () => {
  expect(await runTestScript(['passing', 'failing', 'skipped'])).toMatchObject({
    lastLine: '2 passed, 1 failed, 2 skipped',
    exitCode: 1,
  });
});

test('A file that does not load counts as a failure.', async () => {
  expect(await runTestScript(['passing', 'unloadable'])).toMatchObject({
    lastLine: '2 passed, 1 failed, 0 skipped',
    exitCode: 1,
  });
});

test('A run in which nothing was tested is not a success.', async () => {
  expect(await runTestScript(['skipped'])).toMatchObject({
    lastLine: '0 passed, 0 failed, 2 skipped',
    exitCode: 1,
  });
});

test('A run that dies before it has a result is one failure.', async () => {
  expect(await runTestScript(['passing'], { globalSetup: './nowhere.js' })).toMatchObject({
    lastLine: '0 passed, 1 failed, 0 skipped',
    exitCode: 1,
  });
});

test('Without a server its tests are named, counted as skipped, and do not make a success.', async () => {
  const args = [join(ROOT, 'scripts/test.mjs'), 'test/workflow'];
  expect(await toOutcome(args, { TAIRFLEET_TEST_NO_SERVER: '1' })).toEqual({
    lines: [
      expect.stringMatching(/^Skipped test\/workflow \([1-9]\d* tests\): needs a /),
      expect.anything(),
    ],
    lastLine: expect.stringMatching(/^0 passed, 0 failed, [1-9]\d* skipped$/),
    exitCode: 1,
  });
});
