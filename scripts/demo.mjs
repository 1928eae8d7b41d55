/**
 * `npm run demo`: installs and builds when needed, then runs `tairfleet demo` with the same
 * arguments. `npm run -s demo -- --json` prints one JSON object on stdout and nothing else.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, ensureBuilt, ensureInstalled } from './setup.mjs';

await ensureInstalled();
await ensureBuilt();

const args = [join(ROOT, 'bin', 'tairfleet'), 'demo', ...process.argv.slice(2)];
const demo = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });

// Ctrl-C in a terminal reaches the demo itself; a signal sent to this process must be passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => demo.kill('SIGTERM'));

demo.on('exit', (code, signal) => {
  process.exitCode = signal === null ? code : 1;
});
