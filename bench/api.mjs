/**
 * The HTTP API as it runs: how many batches a second it takes, and how soon it answers, at several
 * numbers of connections. All that it has taken is counted at the emulator in the end, since an
 * answer is worth nothing when the batch behind it is not.
 */
import { loadBuilt, startLocalFleet, waitUntil } from '../scripts/local-fleet.mjs';
import { runLoad } from './load.mjs';
import { describeMachine } from './machine.mjs';

export { toTable } from './api-table.mjs';

const CONNECTIONS = [1, 10, 50];

/** Everybody may do everything here, and as fast as they can. */
const SERVER = { port: 0, authentication: 'none', requestsPerMinute: 1_000_000 };

/** How long the batches of one number of connections may take to end. */
const END_TIMEOUT_MS = 180_000;

/**
 * Runs the benchmark.
 *
 * @param {{ seconds: number, batches: number }} options - longest time of each load, and most
 *   batches of one; whichever comes first
 * @returns figures for each number of connections, and what is wrong with the batches
 */
export async function runBenchmark({ seconds, batches }) {
  // As long as both loads, so that it is open batches whose status is asked for.
  const emulator = { readyTimeMs: 2 * seconds * 1_000, readyJitter: 0 };
  const worker = { log: { level: 'error' } };
  const fleet = await startLocalFleet({ emulator, worker });
  try {
    const url = await fleet.startApi(SERVER);
    const runs = [];
    for (const connections of CONNECTIONS) {
      runs.push(await measure(url, { connections, seconds, batches }));
      await waitUntilEnded(fleet, countAccepted(runs));
    }
    const how = describeHow({ fleet, emulator, worker, seconds, batches });
    const figures = { connections: runs.map(toRow), how };
    const { live } = (await fleet.control.stats()).instances;
    const problems = [...runs.flatMap(listUnwanted), ...compare(live, countAccepted(runs))];
    return { figures, problems };
  } finally {
    await fleet.close();
  }
}

/** New batches, and then questions for them. */
async function measure(url, { connections, seconds, batches }) {
  const toBatchId = (index) => `bench-${connections}-${index}`;
  const submit = await runLoad(url, {
    connections,
    seconds,
    callsMax: batches,
    toRequest: (index) => toSubmission(toBatchId(index)),
    isWanted: ({ status }) => status === 202,
  });
  const told = { now: 0, before: 0, never: 0 };
  const status = await runLoad(url, {
    connections,
    seconds,
    callsMax: submit.count === 0 ? 0 : Infinity,
    toRequest: (index) => toQuestion(toBatchId(index % submit.count)),
    isWanted: (answer) => answer.status === 200,
    onWanted: ({ body }) => void (told[toAge(JSON.parse(body))] += 1),
  });
  return { connections, submit, status, told };
}

/** Of when the progress in an answer is. */
function toAge({ gap, progress }) {
  if (gap === null) return 'now';
  return progress === null ? 'never' : 'before';
}

function countAccepted(runs) {
  return runs.reduce((sum, { submit }) => sum + submit.count, 0);
}

function toSubmission(batchId) {
  const placements = [
    { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
  ];
  const spec = { instanceClass: 'redis.master.small.default' };
  const groups = [{ name: 'bench', count: 1, spec, placements }];
  return {
    method: 'POST',
    path: '/v1/batches',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apiVersion: 'tairfleet/v1', batchId, groups }),
  };
}

function toQuestion(batchId) {
  return { method: 'GET', path: `/v1/batches/${batchId}` };
}

/** What an earlier load has started takes nothing away from the next one. */
async function waitUntilEnded({ client }, batches) {
  const { PROVISION_BATCH } = loadBuilt('contract/names');
  const query = `WorkflowType = '${PROVISION_BATCH}' AND ExecutionStatus = 'Completed'`;
  const countEnded = async () => (await client.workflow.count(query)).count;
  await waitUntil(countEnded, (count) => count >= batches, END_TIMEOUT_MS);
}

function toRow({ connections, submit, status, told }) {
  return {
    connections,
    accepted: submit.count,
    acceptedPerSecond: submit.perSecond,
    submitP50Ms: submit.p50Ms,
    submitP99Ms: submit.p99Ms,
    statusesPerSecond: status.perSecond,
    statusP50Ms: status.p50Ms,
    statusP99Ms: status.p99Ms,
    toldNow: told.now,
    toldBefore: told.before,
    toldNever: told.never,
  };
}

function listUnwanted({ connections, submit, status }) {
  const unwanted = [...submit.unwanted, ...status.unwanted];
  if (unwanted.length === 0) return [];
  const [first] = unwanted;
  return [
    `${connections} connections: ${unwanted.length} answers that should not be, ` +
      `the first ${first.status} ${first.body}`,
  ];
}

function compare(live, accepted) {
  return live === accepted ? [] : [`${live} instances for ${accepted} accepted batches of one`];
}

function describeHow({ fleet, emulator, worker, seconds, batches }) {
  return {
    what:
      'batches of one instance each, submitted over HTTP and at once carried out; Temporal ' +
      'server, emulator, worker, API server and this client are a process each on this machine',
    load:
      `each connection sends one request after another, new batches for ${seconds} s or ` +
      `${batches} of them, then for ${seconds} s questions for their status while they are open`,
    times: 'from the request to the whole answer, at the client',
    told:
      'answers with the progress of that moment; with what the batch told before, and when; ' +
      'and without, since it had told nothing yet in the 75 ms that a question may take',
    emulator,
    worker,
    server: SERVER,
    temporal: fleet.serverDescription,
    ...describeMachine(),
  };
}
