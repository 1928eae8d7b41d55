/**
 * `npm run -s test:node22`: the tests again on Node 22, for which the image is made. That Node comes
 * from the npm registry into a folder that git ignores. Arguments go on to jest; without any it is
 * the tests below, since the others start whole programs and take long.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runTool } from './run-tool.mjs';
import { ROOT, ensureInstalled } from './setup.mjs';

const VERSION = '22.23.3';
const FOLDERS = ['unit', 'property', 'activities', 'workflow', 'replay', 'static'];

try {
  await ensureInstalled();
  const bin = await provideNode();
  process.exitCode = await runTests(bin, process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** The package for this platform alone: the one named `node` needs an install script to find it. */
async function provideNode() {
  const folder = join(ROOT, '.tairfleet', `node-${VERSION}`);
  const name = `node-${process.platform}-${process.arch}`;
  const bin = join(folder, 'node_modules', name, 'bin');
  if (existsSync(join(bin, 'node'))) return bin;
  const flags = ['--prefix', folder, '--no-save', '--ignore-scripts', '--loglevel=error'];
  const install = await runTool('npm', ['install', ...flags, `${name}@${VERSION}`], ROOT);
  if (install.code === 0) return bin;
  throw new Error(`npm has no Node ${VERSION} for this platform (${name}); what it said is above.`);
}

/** Programs that the tests start find this Node on PATH. */
function runTests(bin, args) {
  const selected = args.length > 0 ? args : FOLDERS.map((folder) => `test/${folder}/`);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  return new Promise((resolve) => {
    const script = join(ROOT, 'scripts/test.mjs');
    const child = spawn(join(bin, 'node'), [script, ...selected], {
      cwd: ROOT,
      stdio: 'inherit',
      env,
    });
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
