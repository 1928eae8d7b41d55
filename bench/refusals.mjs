/**
 * The hard days: a cloud that says no. Each scenario orders a batch, lets the cloud refuse, mends the
 * cause where somebody would, and counts how many calls bought nothing and how soon all is well. All
 * counts are the emulator's.
 */
import { startLocalFleet } from '../scripts/local-fleet.mjs';
import { createRequest, start } from '../test/replay/scenario-batch.mjs';
import { describeMachine } from './machine.mjs';
import { SCENARIOS } from './refusal-scenarios.mjs';
import { toLines, toNotes } from './figures-table.mjs';

/** A gate that asks again soon, so that a scenario takes seconds; S is 5 s. */
const WORKER = {
  cloud: { callTimeoutMs: 3_000 },
  plan: { chunkSlots: 10 },
  safety: {
    sendWindowMs: 2_000,
    signatureValidityMs: 1_000,
    clockSkewMs: 1_000,
    commitLagMs: 500,
    visibilityLagMs: 500,
    timerMarginMs: 200,
  },
  tuning: { gateBackOffMinMs: 1_000, gateBackOffMaxMs: 4_000 },
  readiness: { pollMinMs: 300, pollMaxMs: 600 },
  log: { level: 'error' },
};

const EMULATOR = { readyTimeMs: 1_000, visibilityLagMs: 100 };

/**
 * What each scenario begins with, whatever the one before has left. Each limit by its name, since the
 * emulator merges its config.
 */
const CALM = {
  quota: null,
  balance: null,
  stock: { 'cn-hangzhou-h': { 'redis.master.small.default': null } },
  freeIps: { 'vsw-1': null },
  errorShare: 0,
  ramPolicy: { deny: [] },
};

/**
 * Runs the benchmark.
 *
 * @returns figures, and what is wrong with a scenario's end
 */
export async function runBenchmark() {
  const fleet = await startLocalFleet({ emulator: EMULATOR, worker: WORKER });
  try {
    const outcomes = [];
    for (const scenario of SCENARIOS) {
      outcomes.push(await play(fleet, scenario));
      process.stderr.write(`played: ${scenario.name}\n`);
    }
    const figures = {
      scenarios: outcomes.map(({ row }) => row),
      how: {
        what: 'a batch for each row, on the product as it runs; counts are the emulator’s',
        wastedCalls: 'CreateInstances calls that bought nothing',
        secondsFromFixToReady: 'from the moment the cause is gone to the end of the batch',
        emulator: EMULATOR,
        worker: WORKER,
        ...describeMachine(),
      },
    };
    return { figures, problems: outcomes.flatMap(({ problems }) => problems) };
  } finally {
    await fleet.close();
  }
}

/** The figures for people. */
export function toTable({ scenarios, how }) {
  const header = ['scenario', 'asked', 'ready', 'live', 'wasted calls', 'seconds from fix'];
  const rows = scenarios.map((row) => [
    row.name,
    ...[row.asked, row.ready, row.live, row.wastedCalls].map(String),
    row.secondsFromFixToReady === null ? '–' : row.secondsFromFixToReady.toFixed(1),
  ]);
  return `${toLines([header, ...rows])}\n${toNotes(how)}`;
}

async function play(fleet, { name, ask, prepare, mend, expect }) {
  await fleet.control.configure(CALM);
  const before = await readCloud(fleet.control);
  await fleet.control.configure(await prepare({ live: before.live }));
  const request = ask(createRequest(name.replaceAll(/[^a-z0-9]+/g, '-'), 1));
  const batch = await start(fleet, request);
  const fixedAtMs = mend === undefined ? null : await mend({ batch, fleet });
  const document = await batch.handle.result();
  const endedAtMs = Date.now();
  const after = await readCloud(fleet.control);
  const row = {
    name,
    asked: request.groups.reduce((sum, { count }) => sum + count, 0),
    ready: document.counts.ready,
    live: after.live - before.live,
    wastedCalls: after.wasted - before.wasted,
    secondsFromFixToReady: fixedAtMs === null ? null : (endedAtMs - fixedAtMs) / 1_000,
  };
  return { row, problems: listProblems(row, expect) };
}

async function readCloud(control) {
  let wasted = 0;
  for await (const { committedIds } of control.log('CreateInstances')) {
    wasted += committedIds.length === 0 ? 1 : 0;
  }
  return { wasted, live: (await control.stats()).instances.live };
}

function listProblems(row, { ready, live = ready, wastedMax }) {
  return [
    ...(ready === null || row.ready === ready
      ? []
      : [`${row.name}: ${row.ready} ready, not ${ready}`]),
    ...(live === null || row.live === live ? [] : [`${row.name}: ${row.live} live, not ${live}`]),
    ...(row.wastedCalls <= wastedMax ? [] : [`${row.name}: ${row.wastedCalls} calls for nothing`]),
  ];
}
