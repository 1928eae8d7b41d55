/**
 * One batch without faults, on the product as it runs: how near it comes to the fastest that the
 * cloud's limits allow, and what it costs in calls, history and memory. Everything that concerns
 * the cloud is counted by the emulator.
 */
import { loadBuilt, startLocalFleet } from '../scripts/local-fleet.mjs';
import { describeMachine, readPeakMemoryMb } from './machine.mjs';

/** CreateInstances: 200 calls a second by region and account (its page, 2025-03-27). */
const CREATE_LIMIT = { perSecond: 200, burst: 200 };

/** Slots of a shard: the plan allows at most 10,000, and a batch at most 5,000 shards. */
const toShardSlots = (slots) => Math.min(10_000, Math.max(5_000, Math.ceil(slots / 5_000)));

/**
 * Runs the benchmark.
 *
 * @param {{ slots: number, readySeconds: number }} options - size, and how long an instance takes
 * @returns figures, and what is wrong with the batch that they are of
 */
export async function runBenchmark({ slots, readySeconds }) {
  const emulator = {
    readyTimeMs: readySeconds * 1_000,
    readyJitter: 0,
    rateLimits: { CreateInstances: CREATE_LIMIT },
  };
  const worker = {
    guards: { slotsPerBatchMax: Math.max(5_000, slots) },
    plan: { shardSlots: toShardSlots(slots) },
    log: { level: 'error' },
  };
  const fleet = await startLocalFleet({ emulator, worker });
  try {
    const run = await runBatch(fleet, slots);
    const cloud = await readCloud(fleet, run);
    const historyEvents = await countHistoryEvents(fleet);
    const ideal = toIdeal(cloud.createCalls, readySeconds);
    const figures = {
      slots,
      ready: run.document.counts.ready,
      duplicates: Math.max(0, cloud.live - slots),
      orphans: cloud.orphans,
      callsPerInstance: round(cloud.calls / slots),
      seconds: round(run.seconds),
      idealSeconds: round(ideal.seconds),
      makespanOverIdeal: round(run.seconds / ideal.seconds),
      tailSeconds: round((run.finishedAtMs - cloud.lastReadyAtMs) / 1_000),
      historyEvents,
      eventsPerInstance: round(historyEvents / slots),
      workerRssMb: readPeakMemoryMb(fleet.workerPid),
      how: {
        ...describeHow({ emulator, worker, ideal }),
        callsByAction: cloud.callsByAction,
        temporal: fleet.serverDescription,
        ...describeMachine(),
      },
    };
    return { figures, problems: listProblems(figures) };
  } finally {
    await fleet.close();
  }
}

async function runBatch({ client }, slots) {
  const { MAIN_QUEUE, PROVISION_BATCH } = loadBuilt('contract/names');
  const { toWorkflowId } = loadBuilt('contract/workflow-id');
  const batchId = `bench-${slots}`;
  const startedMs = performance.now();
  const document = await client.workflow.execute(PROVISION_BATCH, {
    workflowId: toWorkflowId('default', batchId),
    taskQueue: MAIN_QUEUE,
    args: [{ request: createRequest(batchId, slots) }],
  });
  const seconds = (performance.now() - startedMs) / 1_000;
  return { document, seconds, finishedAtMs: Date.now(), batchId };
}

async function readCloud({ control, resultsFolder }, { document, batchId }) {
  const { createFolderResultStore } = loadBuilt('outbound/folder-result-store');
  const owned = new Set();
  const key = { tenant: 'default', batchId, generation: document.generation };
  const results = createFolderResultStore(resultsFolder);
  for await (const { id } of results.streamInstances(key)) owned.add(id);
  const stats = await control.stats();
  let orphans = 0;
  for await (const { InstanceId } of control.instances()) orphans += owned.has(InstanceId) ? 0 : 1;
  const creates = [];
  for await (const { at, committed } of control.log('CreateInstances')) {
    creates.push({ at, committed });
  }
  const received = Object.entries(stats.calls).map(([action, { received }]) => [action, received]);
  const readyTimeMs = (await control.readConfig()).readyTimeMs;
  return {
    live: stats.instances.live,
    orphans,
    calls: received.reduce((sum, [, count]) => sum + count, 0),
    callsByAction: Object.fromEntries(received.filter(([, count]) => count > 0)),
    createCalls: creates.filter(({ committed }) => committed).length,
    lastReadyAtMs:
      creates.reduce((last, { at }) => Math.max(last, Date.parse(at)), 0) + readyTimeMs,
  };
}

/** Events of the batch and of every workflow it has started. */
async function countHistoryEvents({ client }) {
  let events = 0;
  for await (const { workflowId, runId } of client.workflow.list()) {
    events += (await client.workflow.getHandle(workflowId, runId).describe()).historyLength;
  }
  return events;
}

/** All creates as early as the limit lets them go, and then the time that an instance takes. */
function toIdeal(createCalls, readySeconds) {
  const queueSeconds = Math.max(0, createCalls - CREATE_LIMIT.burst) / CREATE_LIMIT.perSecond;
  return { createCalls, queueSeconds, readySeconds, seconds: queueSeconds + readySeconds };
}

function describeHow({ emulator, worker, ideal }) {
  return {
    what:
      'one batch of one group without faults; Temporal server, emulator and worker are a process ' +
      'each on this machine; all counts but history and memory are the emulator’s',
    seconds: 'from the start call to the answer with the final document, at the client',
    ideal:
      `the last of ${ideal.createCalls} create calls may go after ${ideal.queueSeconds} s ` +
      `(${CREATE_LIMIT.perSecond}/s, burst ${CREATE_LIMIT.burst}), and an instance takes ` +
      `${ideal.readySeconds} s`,
    tailSeconds: 'from the moment the last instance is ready to the final document',
    workerRssMb: 'peak resident memory of the worker process',
    emulator,
    worker,
  };
}

function listProblems({ slots, ready, duplicates, orphans }) {
  return [
    ...(ready === slots ? [] : [`${ready} of ${slots} instances are ready`]),
    ...(duplicates === 0 ? [] : [`${duplicates} instances too many`]),
    ...(orphans === 0 ? [] : [`${orphans} instances that the result does not name`]),
  ];
}

function createRequest(batchId, count) {
  const placements = [
    { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
  ];
  const spec = { instanceClass: 'redis.master.small.default' };
  return {
    apiVersion: 'tairfleet/v1',
    batchId,
    groups: [{ name: 'bench', count, spec, placements }],
  };
}

function round(value) {
  return Math.round(value * 10_000) / 10_000;
}
