/**
 * `npm run -s test:browser`: what an operator sees and presses in the Temporal UI, and on the
 * emulator's control page, driven in a real Chromium. Without one it says so, and that is no failure. `TAIRFLEET_CHROMIUM` names another
 * program than those on the PATH; `UPDATE_SCREENSHOTS=1` writes the pictures of docs/images anew.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT, ensureBuilt, ensureInstalled } from './setup.mjs';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main() {
  const chromium = findChromium();
  if (chromium === undefined) {
    const names = PROGRAMS.join(', ');
    process.stdout.write(`Skipped test/browser: none of ${names} is on the PATH.\n`);
    return 0;
  }
  await ensureInstalled();
  await ensureBuilt();
  return runTests(chromium);
}

function findChromium() {
  const { TAIRFLEET_CHROMIUM: named, PATH = '' } = process.env;
  if (named) return named;
  return PROGRAMS.flatMap((program) =>
    PATH.split(delimiter).map((folder) => join(folder, program)),
  ).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function runTests(chromium) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'scripts/test.mjs'), 'test/browser', '--verbose'],
      { cwd: ROOT, stdio: 'inherit', env: { ...process.env, TAIRFLEET_TEST_CHROMIUM: chromium } },
    );
    child.on('close', (code) => resolve(code ?? 1));
  });
}
