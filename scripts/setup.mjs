/**
 * Brings a checkout into a state in which `dist/bin.js` runs: packages installed, code built.
 * Node's built-ins only, since it runs before anything is installed. Says nothing when there is
 * nothing to do; what it does it reports on stderr, since stdout belongs to the program started.
 *
 * `node scripts/setup.mjs` does both; with `--rebuild` it builds even when nothing has changed.
 */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from './run-tool.mjs';
import { toBuildStamp, toInstallStamp } from './setup-stamps.mjs';
import { withSetupLock } from './setup-lock.mjs';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const INSTALL_STAMP = 'node_modules/.tairfleet-installed';
const BUILD_STAMP = 'dist/.stamp';
const NPM_FLAGS = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs what package-lock.json names, unless that is there already.
 *
 * @param {string} root - folder of the checkout
 */
export async function ensureInstalled(root = ROOT) {
  if (isInstalled(root)) return;
  await withSetupLock(root, async () => {
    if (!isInstalled(root)) await install(root);
  });
}

/**
 * Compiles `src`, bundles the workflows and copies the emulator's page, unless that has been done for exactly these sources.
 *
 * @param {string} root - folder of the checkout
 * @param {{ isForced?: boolean }} options - build even when nothing has changed
 */
export async function ensureBuilt(root = ROOT, { isForced = false } = {}) {
  if (!isForced && isBuilt(root)) return;
  await withSetupLock(root, async () => {
    if (isForced || !isBuilt(root)) await build(root);
  });
}

function isInstalled(root) {
  const wanted = toInstallStamp(root);
  if (readStamp(root, INSTALL_STAMP) === wanted) return true;
  if (!hasEveryPackage(root)) return false;
  // Somebody ran npm by hand: nothing to do, and next time that is known at once.
  writeFileSync(join(root, INSTALL_STAMP), wanted);
  return true;
}

/** Compares package-lock.json with the list npm keeps of what it has installed. */
function hasEveryPackage(root) {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || installed[path]?.version === version,
  );
}

async function install(root) {
  report('installing packages (npm ci)');
  const ci = await runTool('npm', ['ci', ...NPM_FLAGS], root);
  if (ci.code !== 0) {
    // npm 11.19 can call a good lockfile out of sync, over binaries for other platforms
    // (npm/cli#9846). `install --no-save` takes the same versions and leaves the file alone.
    if (!ci.output.includes('EUSAGE')) throw createToolError('npm ci', ci);
    report('npm ci refused the lockfile; installing its versions by npm install --no-save');
    const second = await runTool('npm', ['install', '--no-save', ...NPM_FLAGS], root);
    if (second.code !== 0) throw createToolError('npm install', second);
  }
  writeFileSync(join(root, INSTALL_STAMP), toInstallStamp(root));
}

function isBuilt(root) {
  return (
    existsSync(join(root, 'dist/bin.js')) && readStamp(root, BUILD_STAMP) === toBuildStamp(root)
  );
}

async function build(root) {
  const stamp = toBuildStamp(root);
  report('building');
  if (hasLostSource(root, stamp)) rmSync(join(root, 'dist'), { recursive: true, force: true });
  rmSync(join(root, BUILD_STAMP), { force: true });
  const steps = [
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    ['scripts/bundle-workflows.mjs'],
  ];
  for (const step of steps) {
    const run = await runTool(process.execPath, step, root);
    if (run.code !== 0) throw createToolError(step.join(' '), run);
  }
  copyAssets(root);
  writeFileSync(join(root, BUILD_STAMP), stamp);
}

/** What the compiler leaves out: the files that a browser reads as they are. */
function copyAssets(root) {
  const filter = (path) => !path.endsWith('.ts');
  cpSync(join(root, 'src'), join(root, 'dist'), { recursive: true, filter });
}

/** A source that is gone leaves its output behind; then the output starts from nothing. */
function hasLostSource(root, stamp) {
  const before = readStamp(root, BUILD_STAMP) ?? '';
  const now = new Set(toPaths(stamp));
  return toPaths(before).some((path) => !now.has(path));
}

function toPaths(stamp) {
  return stamp.split('\n').map((line) => line.split(' ')[0]);
}

function readStamp(root, path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function createToolError(tool, { code }) {
  return new Error(`"${tool}" ended with exit code ${code}; what it said is above.`);
}

function report(sentence) {
  process.stderr.write(`tairfleet: ${sentence}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureInstalled();
    await ensureBuilt(ROOT, { isForced: process.argv.includes('--rebuild') });
  } catch (error) {
    report(error.message);
    process.exitCode = 1;
  }
}
