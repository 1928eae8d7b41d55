/**
 * Runs the tests and says on the last line of stdout what came out: `N passed, N failed,
 * N skipped`. Arguments go on to jest: `npm test -- test/unit`.
 *
 * jest's own summary cannot be that line: it counts a file that does not load as no failed test,
 * and says nothing of folders left out. `TAIRFLEET_TEST_NO_SERVER=1` leaves out the folders that
 * need a Temporal server, and counts their tests as skipped.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, ensureInstalled } from './setup.mjs';
import { countLeftOutTests } from './test-left-out.mjs';

const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
/** On two cores a third one fills the time that two wait; `waiting-beside-computing` mixes the files. */
const WORKERS = '--maxWorkers=3';

try {
  await ensureInstalled();
  const args = process.argv.slice(2);
  const counts = await runJest(args);
  const isServerless = process.env.TAIRFLEET_TEST_NO_SERVER === '1';
  const leftOut = isServerless ? await countLeftOutTests(ROOT, args) : [];
  for (const { folder, count } of leftOut) {
    const why = 'needs a Temporal server, and TAIRFLEET_TEST_NO_SERVER=1 is set';
    process.stdout.write(`Skipped ${folder} (${count} tests): ${why}.\n`);
    counts.skipped += count;
  }
  finish(counts);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  finish({ passed: 0, failed: 1, skipped: 0 });
}

async function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'tairfleet-jest-'));
  const resultFile = join(folder, 'result.json');
  const flags = ['--json', `--outputFile=${resultFile}`, '--passWithNoTests'];
  const workers = args.some((arg) => /^(-w|-i|--maxWorkers|--runInBand)/.test(arg))
    ? []
    : [WORKERS];
  try {
    const exitCode = await run([JEST, ...flags, ...workers, ...args]);
    const result = existsSync(resultFile)
      ? JSON.parse(readFileSync(resultFile, 'utf8'))
      : undefined;
    return toCounts(result, exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run that failed for a reason no test has (a crash, a broken teardown) is one failure. */
function toCounts(result, exitCode) {
  const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  return {
    passed: result?.numPassedTests ?? 0,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
  };
}

/** jest's human output is on stderr; `--json` leaves only a notice for stdout, which nobody needs. */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['inherit', 'ignore', 'inherit'],
    });
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.on('close', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(code ?? 1);
    });
  });
}

/** A run in which nothing was tested is no success: it would hide a mistyped path. */
function finish({ passed, failed, skipped }) {
  if (passed + failed === 0) process.stderr.write('No test ran, so nothing has been shown.\n');
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
}
