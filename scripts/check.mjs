/**
 * Everything that can be said about the code without running it: format, lint, types, the purity
 * of the domain, what nobody uses, and which folder imports which. One line a step; the tool's
 * output when it fails.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, ensureInstalled } from './setup.mjs';

const AT_ONCE = 2;

/** The slow ones first, so that the others fill the second core. */
const STEPS = [
  { name: 'lint', tool: 'eslint/bin/eslint.js', args: ['.', '--max-warnings=0'] },
  { name: 'types', tool: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'tsconfig.json'] },
  { name: 'format', tool: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  {
    name: 'pure domain',
    tool: 'typescript/bin/tsc',
    args: ['--noEmit', '-p', 'tsconfig.domain.json'],
  },
  { name: 'dead code', tool: 'knip/bin/knip.js', args: ['--no-progress'] },
  {
    name: 'imports',
    tool: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['--config', '.dependency-cruiser.cjs', 'src'],
  },
];

await ensureInstalled();
const waiting = [...STEPS];
let hasFailed = false;
await Promise.all(Array.from({ length: AT_ONCE }, runNext));
process.exitCode = hasFailed ? 1 : 0;

async function runNext() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const startedAt = performance.now();
    const { code, output } = await run(step);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)\n`);
    if (code === 0) continue;
    hasFailed = true;
    process.stdout.write(`${output.trimEnd()}\n`);
  }
}

function run({ tool, args }) {
  return new Promise((resolve) => {
    const path = join(ROOT, 'node_modules', tool);
    if (!existsSync(path)) return resolve({ code: 1, output: `${path} is missing: npm ci` });
    const child = spawn(process.execPath, [path, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => (output += text));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
