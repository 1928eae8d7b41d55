/**
 * `npm run -s bench -- <name> [--json]`: installs and builds when needed, runs a benchmark of
 * `bench/` and prints its figures with how they were made, as a table or as one JSON object.
 * Ends with exit code 1 when the benchmark's result is wrong, however fast it was.
 */
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from './setup.mjs';

/** What each is about, and its options: default, least and greatest. */
const BENCHMARKS = {
  batch: {
    about: 'one batch from its submission to its result',
    options: { slots: [10_000, 1, 1_000_000], 'ready-seconds': [20, 0, 3_600] },
  },
  api: {
    about: 'the HTTP API at 1, 10 and 50 connections: batches a second, answers; 3 minutes',
    options: { seconds: [5, 1, 60], batches: [500, 1, 10_000] },
  },
  emulator: {
    about: 'the stand-in alone: small calls a second on one core, memory of a large account',
    options: { calls: [60_000, 1_000, 1_000_000], instances: [1_000_000, 1, 5_000_000] },
  },
  refusals: {
    about: 'a cloud that says no: calls for nothing, and how soon all is well; 3 minutes',
    options: {},
  },
  crash: {
    about: 'killed in the middle and started again, beside a plain script; 6 minutes',
    options: { slots: [50, 10, 1_000], seed: [1, 0, 1_000_000] },
  },
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main() {
  const [name] = process.argv.slice(2);
  if (!Object.hasOwn(BENCHMARKS, name ?? '')) return explain();
  const { isJson, ...options } = readOptions(BENCHMARKS[name].options, process.argv.slice(3));
  await ensureInstalled();
  await ensureBuilt();
  // These load what has just been built.
  const benchmark = await import(`../bench/${name}.mjs`);
  const { toTable } = benchmark.toTable ? benchmark : await import('../bench/figures-table.mjs');
  const { figures, problems } = await benchmark.runBenchmark(options);
  process.stdout.write(isJson ? `${JSON.stringify(figures)}\n` : toTable(figures));
  for (const problem of problems) process.stderr.write(`wrong: ${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

function explain() {
  const lines = Object.entries(BENCHMARKS).map(([name, { about, options }]) => {
    const usual = Object.entries(options).map(([option, [value]]) => `--${option} ${value}`);
    return `  ${name}: ${about}; ${usual.join(' ')}\n`;
  });
  process.stderr.write(`Name a benchmark: npm run -s bench -- <name> [--json]\n${lines.join('')}`);
  return 2;
}

function readOptions(known, args) {
  const texts = Object.keys(known).map((name) => [name, { type: 'string' }]);
  const options = { ...Object.fromEntries(texts), json: { type: 'boolean', default: false } };
  const { json, ...values } = parseArgs({ args, options }).values;
  const numbers = Object.entries(known).map(([name, [usual, min, max]]) => [
    toCamelCase(name),
    toNumber(name, values[name] ?? `${usual}`, { min, max }),
  ]);
  return { isJson: json, ...Object.fromEntries(numbers) };
}

function toCamelCase(name) {
  return name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

function toNumber(name, text, { min, max }) {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Error(`--${name} must be a whole number from ${min} to ${max}, not '${text}'`);
}
