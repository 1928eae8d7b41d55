/**
 * `npm run -s test:compose`: builds the image, starts docker-compose.yml in its profiles and
 * runs a batch in each. Says what it leaves out and why; without a container engine that is all,
 * and no failure. `--build-server` compiles Temporal's server for a stand-in (about 7 minutes, once)
 * where its official image cannot be had.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideImages } from '../test/compose/images.mjs';
import { findEngineTrouble, run } from '../test/compose/engine.mjs';
import { ROOT, ensureBuilt, ensureInstalled } from './setup.mjs';

const PROJECT = `tairfleet-test-${process.pid}`;
const DOWN_TIMEOUT_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'tairfleet-compose-'));
// A signal ends the tests first; what they have left running goes with us.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const trouble = await findEngineTrouble();
  if (trouble !== undefined) return leaveOut(trouble);
  await ensureInstalled();
  await ensureBuilt();
  const mayBuildServer = process.argv.includes('--build-server');
  const images = await provideImages({ folder, mayBuildServer });
  for (const line of images.report) process.stdout.write(`${line}\n`);
  if (images.profiles.length === 0) return leaveOut('see above');
  const overrideFile = join(folder, 'override.json');
  writeFileSync(overrideFile, JSON.stringify(images.override));
  const plan = { project: PROJECT, overrideFile, profiles: images.profiles };
  try {
    return await runTests(JSON.stringify(plan));
  } finally {
    for (const profile of images.profiles) await takeDown(`${PROJECT}-${profile}`);
  }
}

/** Says nothing when the tests have done that themselves, as they do unless they are killed. */
function takeDown(project) {
  const args = ['compose', '-p', project, 'down', '--volumes', '--remove-orphans'];
  return run('docker', args, { timeoutMs: DOWN_TIMEOUT_MS });
}

function leaveOut(why) {
  process.stdout.write(`Skipped test/compose: ${why}.\n`);
  return 0;
}

function runTests(plan) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'scripts/test.mjs'), 'test/compose', '--verbose'],
      { cwd: ROOT, stdio: 'inherit', env: { ...process.env, TAIRFLEET_TEST_COMPOSE: plan } },
    );
    child.on('close', (code) => resolve(code ?? 1));
  });
}
