/**
 * `npm run -s chaos -- --seeds N [--from N] [--json]`: real processes that die, freeze and lose each
 * other at the moments that each seed draws, a batch a seed. A line a seed goes to stderr, the sums to
 * stdout. Ends with exit code 1 when a count is wrong or a batch does not end.
 */
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from './setup.mjs';

const OPTIONS = {
  seeds: { type: 'string', default: '30' },
  from: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  const count = toNumber('seeds', values.seeds);
  const from = toNumber('from', values.from);
  await ensureInstalled();
  await ensureBuilt();
  // It needs what has just been installed.
  const { loadTypeScript } = await import('./load-typescript.mjs');
  // Children that `exit` ends would outlive a signal that nobody catches.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  const startedMs = performance.now();
  const runs = [];
  for (let seed = from; seed < from + count; seed += 1) {
    runs.push(await runSeed(seed, loadTypeScript));
  }
  const sums = { ...toSums(runs), seconds: Math.round((performance.now() - startedMs) / 1_000) };
  process.stdout.write(values.json ? `${JSON.stringify(sums)}\n` : toLines(sums));
  return sums.failed.length === 0 ? 0 : 1;
}

/** A seed that does not end is one that fails; the next ones say whether it stands alone. */
async function runSeed(seed, loadTypeScript) {
  const { runChaos } = loadTypeScript('test/chaos/chaos-run');
  const { createFaultPlan } = loadTypeScript('test/chaos/fault-plan');
  const run = await runChaos(seed).catch((error) => ({ problems: [error.message] }));
  const happened = Object.entries(run.faults ?? {}).map(([kind, times]) => `${kind} ${times}`);
  const about = `${run.outcome ?? 'no end'}, ${run.seconds ?? '?'} s, ${happened.join(', ')}`;
  process.stderr.write(`seed ${seed}: ${about}\n`);
  if (run.problems.length > 0) {
    process.stderr.write(`  wrong: ${run.problems.join('; ')}\n`);
    process.stderr.write(`  plan: ${JSON.stringify(createFaultPlan(seed))}\n`);
  }
  return { seed, ...run };
}

function toSums(runs) {
  const sum = (key) => runs.reduce((total, run) => total + (run[key] ?? 0), 0);
  const faults = {};
  for (const [kind, times] of runs.flatMap((run) => Object.entries(run.faults ?? {}))) {
    faults[kind] = (faults[kind] ?? 0) + times;
  }
  return {
    seeds: runs.length,
    from: runs[0]?.seed ?? 0,
    failed: runs.filter(({ problems }) => problems.length > 0).map(({ seed }) => seed),
    duplicates: sum('duplicates'),
    orphans: sum('orphans'),
    lost: sum('lost'),
    kills: {
      workers: (faults.killWorker ?? 0) + 2 * (faults.killBothWorkers ?? 0),
      temporal: faults.killTemporal ?? 0,
    },
    faults,
    cancelled: runs.filter(({ outcome }) => outcome === 'cancelled').length,
    createCalls: sum('createCalls'),
    callsSpoilt: sum('callsSpoilt'),
  };
}

function toLines(sums) {
  const lines = Object.entries(sums).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  return lines.join('');
}

function toNumber(name, text) {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1) return value;
  throw new Error(`--${name} must be a whole number from 1, not '${text}'`);
}
