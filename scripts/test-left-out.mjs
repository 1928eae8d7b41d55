/** Counts the tests that a run without a Temporal server leaves out. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const TEST_CALL =
  /(?:^|[^\w.])(?:it|test)(?:\.(?:skip|only|concurrent|failing|todo))*(?:\.each)?\s*[(`]/g;

/**
 * Lists the folders left out that hold tests these arguments select. A table of cases
 * (`test.each`) counts as one test, since only running the file could tell more.
 *
 * @param {string} root - folder of the checkout
 * @param {string[]} args - arguments for jest
 * @returns {Promise<{ folder: string, count: number }[]>}
 */
export async function countLeftOutTests(root, args) {
  const folders = JSON.parse(readFileSync(join(root, 'test/support/server-folders.json'), 'utf8'));
  const files = await listTestFiles(root, args);
  return folders
    .map((folder) => ({ folder, files: files.filter((file) => file.startsWith(`${folder}/`)) }))
    .filter(({ files: selected }) => selected.length > 0)
    .map(({ folder, files: selected }) => ({
      folder,
      count: selected.reduce((sum, file) => sum + countTestCalls(join(root, file)), 0),
    }));
}

/** Asks jest, as for a run with a server, which files the arguments select. */
async function listTestFiles(root, args) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { stdout } = await promisify(execFile)(process.execPath, [jest, '--listTests', ...args], {
    cwd: root,
    env: { ...process.env, TAIRFLEET_TEST_NO_SERVER: '0' },
  });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((file) => relative(root, file));
}

function countTestCalls(file) {
  return [...readFileSync(file, 'utf8').matchAll(TEST_CALL)].length;
}
