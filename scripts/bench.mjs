/**
 * `npm run -s bench -- <name> [--json]`: installs and builds when needed, runs a benchmark of
 * `bench/` and prints its figures with how they were made, as a table or as one JSON object.
 * Ends with exit code 1 when the benchmark's result is wrong, however fast it was.
 */
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from './setup.mjs';

const BENCHMARKS = {
  batch: 'one batch from its submission to its result; --slots 10000 --ready-seconds 20',
};

const OPTIONS = {
  json: { type: 'boolean', default: false },
  slots: { type: 'string', default: '10000' },
  'ready-seconds': { type: 'string', default: '20' },
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main() {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [name, ...others] = positionals;
  if (others.length > 0 || !Object.hasOwn(BENCHMARKS, name ?? '')) return explain();
  const options = {
    slots: toNumber('slots', values.slots, { min: 1, max: 1_000_000 }),
    readySeconds: toNumber('ready-seconds', values['ready-seconds'], { min: 0, max: 3_600 }),
  };
  await ensureInstalled();
  await ensureBuilt();
  // These load what has just been built.
  const { runBenchmark } = await import(`../bench/${name}.mjs`);
  const { toTable } = await import('../bench/figures-table.mjs');
  const { figures, problems } = await runBenchmark(options);
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : toTable(figures));
  for (const problem of problems) process.stderr.write(`wrong: ${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

function explain() {
  const lines = Object.entries(BENCHMARKS).map(([name, about]) => `  ${name}: ${about}\n`);
  process.stderr.write(`Name a benchmark: npm run -s bench -- <name> [--json]\n${lines.join('')}`);
  return 2;
}

function toNumber(name, text, { min, max }) {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Error(`--${name} must be a whole number from ${min} to ${max}, not '${text}'`);
}
