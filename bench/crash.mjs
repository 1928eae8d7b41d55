/**
 * The program that orders is killed in the middle of its calls and started again: how many
 * instances live then, who knows of them, and what is left for a person. The product stands beside
 * a plain script in two forms; each has an emulator of its own with the same config and seed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../scripts/local-fleet.mjs';
import { countCommits, readVerdict } from './crash-account.mjs';
import { createPlainScript, createTairfleet } from './crash-programs.mjs';
import { describeMachine } from './machine.mjs';

export { toTable } from './crash-table.mjs';

const KILLED_AT_PERCENT = [10, 50, 90];

/** How long the emulated cloud remembers a token, ms. No page says how long the real one does. */
const TOKEN_LIFETIMES = { 'a day': 86_400_000, '10 s': 10_000 };

/** From the kill to the next start, ms: a little longer than the shorter memory. */
const PAUSE_MS = 11_000;

/** For a thousand instances on a busy machine, ms. */
const RUN_TIMEOUT_MS = 600_000;

const EMULATOR = {
  readyTimeMs: 1_000,
  visibilityLagMs: 300,
  createTimeMs: 400,
  faults: [{ action: 'CreateInstances', when: 'after', kind: 'drop', probability: 0.05 }],
};

/** One instance a call, as the script. S fits the emulator's times; all else is as delivered. */
const WORKER = {
  installationId: 'bench',
  plan: { chunkSlots: 1 },
  safety: {
    sendWindowMs: 3_000,
    signatureValidityMs: 1_000,
    clockSkewMs: 1_000,
    commitLagMs: 1_000,
    visibilityLagMs: 1_000,
    timerMarginMs: 500,
    tokenLifetimeMs: TOKEN_LIFETIMES['10 s'],
  },
  log: { level: 'error' },
};

const PROGRAMS = {
  tairfleet: (setup) => createTairfleet({ ...setup, worker: WORKER }),
  'script, fixed tokens': (setup) => createPlainScript({ ...setup, tokens: 'fixed' }),
  'script, random tokens': (setup) => createPlainScript({ ...setup, tokens: 'random' }),
};

/**
 * Runs the benchmark: every program is killed at every point, with either memory of the cloud.
 *
 * @param {{ slots: number, seed: number }} options - instances to order, seed of the emulators
 * @returns figures, and what is wrong with the product's part of them
 */
export async function runBenchmark({ slots, seed }) {
  const runs = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, []]));
  for (const [tokensKept, tokenLifetimeMs] of Object.entries(TOKEN_LIFETIMES)) {
    for (const percent of KILLED_AT_PERCENT) {
      report(`killed at ${percent} %, tokens kept for ${tokensKept}`);
      const plan = { slots, seed, percent, emulator: { ...EMULATOR, tokenLifetimeMs } };
      // At the same time, so that all of them have the same machine.
      const outcomes = await Promise.all(Object.values(PROGRAMS).map((open) => runOne(open, plan)));
      for (const [index, name] of Object.keys(PROGRAMS).entries()) {
        runs[name].push({ tokensKept, killedAtPercent: percent, ...outcomes[index] });
      }
    }
  }
  const figures = { asked: slots, programs: sumUp(runs), how: describeHow(seed) };
  return { figures, problems: listProblems(figures) };
}

async function runOne(open, { slots, seed, percent, emulator }) {
  const program = await open({ slots, seed, emulator });
  try {
    await program.start();
    const acceptedAtKill = await killAt(program, Math.ceil((slots * percent) / 100));
    await sleep(PAUSE_MS);
    const startedMs = performance.now();
    const { starts } = await program.finish();
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
    const verdict = await readVerdict(program, { slots, starts });
    const isRight = verdict.manualSteps === 0;
    return { acceptedAtKill, ...verdict, secondsToRecover: isRight ? seconds : null };
  } finally {
    await program.close();
  }
}

async function killAt(program, commits) {
  const look = () => countCommits(program.control);
  const seen = await waitUntil(look, (count) => count >= commits, RUN_TIMEOUT_MS);
  await program.kill();
  return seen;
}

function sumUp(runs) {
  const programs = Object.entries(runs).map(([name, list]) => {
    const total = (key) => list.reduce((sum, run) => sum + run[key], 0);
    const sums = {
      duplicates: total('duplicates'),
      unknownInstances: total('unknownInstances'),
      manualSteps: total('manualSteps'),
    };
    return [name, { ...sums, runs: list }];
  });
  return Object.fromEntries(programs);
}

function listProblems({ asked, programs }) {
  return programs.tairfleet.runs.flatMap(({ killedAtPercent, tokensKept, ...run }) => {
    const where = `tairfleet, killed at ${killedAtPercent} %, tokens kept for ${tokensKept}`;
    return [
      ...(run.live === asked ? [] : [`${where}: ${run.live} live, ${asked} asked for`]),
      ...(run.unknownInstances === 0 ? [] : [`${where}: ${run.unknownInstances} unknown`]),
      ...(run.manualSteps === 0 ? [] : [`${where}: ${run.manualSteps} steps by hand`]),
    ];
  });
}

function describeHow(seed) {
  return {
    what:
      'each program orders one instance a call and gets SIGKILL when the emulator has accepted that ' +
      `share of them; ${PAUSE_MS / 1_000} s later it is started again, with nothing told to it`,
    counted: 'live and accepted: by the emulator; known: by what the program has stored of its own',
    tokensKept:
      'how long the emulator remembers a token: longer than the pause, or shorter. No page says how ' +
      'long the real service does',
    manualSteps:
      'one for each living instance that the program does not know (look for it, release it), one ' +
      'for each that it names and that does not live, and one for each start beyond the one after ' +
      'the kill, which a supervisor does',
    secondsToRecover:
      'from that start until the program says that all are ready; none when a person has to act. ' +
      'tairfleet misses a dead worker after 20 s, and its closing audit waits for the settle time S: ' +
      '7 s here, 18.5 min with the settings for the real cloud',
    script:
      'bench/plain-script/order.mjs on the official SDK: 5 calls at a time, 3 tries each, ids in a ' +
      'file. Tokens: random ones live in memory for all tries of an instance; fixed ones are a hash ' +
      'of the number of the instance',
    emulator: { ...EMULATOR, tokenLifetimeMs: TOKEN_LIFETIMES, seed },
    worker: WORKER,
    ...describeMachine(),
  };
}

function report(sentence) {
  process.stderr.write(`crash: ${sentence}\n`);
}
