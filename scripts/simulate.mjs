/**
 * `npm run -s simulate -- --seeds N [--from N] [--json]`: plays batches by the rules of
 * `test/simulation` under seeded faults, on all cores, and says what broke. Ends with exit code 1 when
 * anything did, with the shortest run that shows it. `--off <rule>` switches a rule off, to see what it is for.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ensureInstalled } from './setup.mjs';

/** Seeds that a worker is given at a time: a second or less. */
const PORTION = 500;

/** Failing seeds that are shown; more of them say no more. */
const WORST_MAX = 5;

const SEEDS_WORKER = new URL('./simulate-seeds.mjs', import.meta.url);

const OPTIONS = {
  seeds: { type: 'string', default: '100000' },
  from: { type: 'string', default: '1' },
  off: { type: 'string', multiple: true, default: [] },
  workers: { type: 'string', default: String(availableParallelism()) },
  json: { type: 'boolean', default: false },
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  // The other workers would go on with their seeds.
  process.exit(1);
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  const seeds = toNumber('seeds', values.seeds, { min: 1, max: 1e9 });
  const from = toNumber('from', values.from, { min: 0, max: 2 ** 32 - 1 });
  const workers = toNumber('workers', values.workers, { min: 1, max: 256 });
  await ensureInstalled();
  const options = { off: await toRules(values.off) };
  const startedAt = performance.now();
  const bad = await playAll({ from, seeds, workers, options });
  const seconds = (performance.now() - startedAt) / 1_000;
  const report = await toReport({ seeds, from, workers, bad, seconds, options });
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : toText(report));
  return bad.length === 0 ? 0 : 1;
}

/** The seeds that fail, in order. */
async function playAll({ from, seeds, workers, options }) {
  const end = from + seeds;
  const bad = [];
  let next = from;
  let done = 0;
  const takePortion = () => {
    const portion = { from: next, count: Math.min(PORTION, end - next) };
    next += portion.count;
    return portion.count > 0 ? portion : null;
  };
  const runWorker = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(SEEDS_WORKER, { workerData: options });
      const give = () => worker.postMessage(takePortion());
      worker.on('error', reject).on('exit', resolve);
      worker.on('message', ({ count, failed }) => {
        bad.push(...failed);
        done += count;
        showProgress({ done, seeds, failed: bad.length });
        give();
      });
      give();
    });
  const count = Math.min(workers, Math.ceil(seeds / PORTION));
  await Promise.all(Array.from({ length: count }, runWorker));
  if (process.stderr.isTTY) process.stderr.write('\n');
  return bad.sort((left, right) => left - right);
}

function showProgress({ done, seeds, failed }) {
  if (!process.stderr.isTTY) return;
  const share = Math.floor((100 * done) / seeds);
  process.stderr.write(`\r${done} of ${seeds} seeds (${share} %), ${failed} failed `);
}

async function toReport({ seeds, from, workers, bad, seconds, options }) {
  const { loadTypeScript } = await import('./load-typescript.mjs');
  const { SETTLE_DEFAULTS } = loadTypeScript('src/domain/settle-time');
  const { SHARD_RULES } = loadTypeScript('test/simulation/batch-plan');
  const { shrink } = loadTypeScript('test/simulation/shrink');
  const worst = bad.slice(0, WORST_MAX).map((seed) => {
    const shortest = shrink(seed, options);
    return {
      seed,
      wrong: shortest.run.wrong,
      options: shortest.options,
      trace: shortest.run.trace,
    };
  });
  worst.sort((left, right) => left.trace.length - right.trace.length);
  return {
    ...{ seeds, from, violations: bad.length },
    seconds: Number(seconds.toFixed(1)),
    seedsPerSecond: Math.round(seeds / seconds),
    worst,
    settings: {
      ...{ ...options, workers, node: process.version },
      ...{ settle: SETTLE_DEFAULTS, shard: SHARD_RULES },
    },
  };
}

function toText({ seeds, from, violations, seconds, seedsPerSecond, worst }) {
  const range = `seeds ${from} to ${from + seeds - 1}`;
  const speed = `${seconds} s, ${seedsPerSecond} seeds/s`;
  const lines = [`${range}: ${violations === 0 ? 'all hold' : `${violations} fail`} (${speed})`];
  const [shortest, ...others] = worst;
  if (shortest === undefined) return `${lines[0]}\n`;
  const { seed, wrong, options, trace } = shortest;
  const what = wrong.map(({ invariant, detail }) => `${invariant}: ${detail}`).join('; ');
  lines.push(`seed ${seed}: ${what}`, `run with ${JSON.stringify(options)}`, ...trace);
  if (others.length > 0) lines.push(`others: ${others.map((other) => other.seed).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

async function toRules(names) {
  const { loadTypeScript } = await import('./load-typescript.mjs');
  const { RULES } = loadTypeScript('test/simulation/rules');
  const unknown = names.find((name) => !RULES.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`--off: there is no rule '${unknown}'; there are ${RULES.join(', ')}`);
}

function toNumber(name, text, { min, max }) {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Error(`--${name} must be a whole number from ${min} to ${max}, not '${text}'`);
}
