/**
 * Bundles the compiled workflows into `dist/workflow-bundle.js`, so that a worker starts without
 * webpack and every worker of a version runs the same bytes. Run after tsc; writes nothing when
 * the bundle would be the same.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import worker from '@temporalio/worker';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const WORKFLOWS = join(ROOT, 'dist/workflows/index.js');
const BUNDLE = join(ROOT, 'dist/workflow-bundle.js');

if (existsSync(WORKFLOWS)) {
  const { code } = await worker.bundleWorkflowCode({
    workflowsPath: WORKFLOWS,
    logger: new worker.DefaultLogger('WARN'),
  });
  writeIfChanged(BUNDLE, code);
} else {
  process.stderr.write(`There is no ${WORKFLOWS}. Compile first: npm run build\n`);
  process.exitCode = 1;
}

/** Renamed into place: a worker that starts meanwhile reads the old bundle or the new, whole. */
function writeIfChanged(path, code) {
  if (existsSync(path) && readFileSync(path, 'utf8') === code) return;
  writeFileSync(`${path}.new`, code);
  renameSync(`${path}.new`, path);
}
