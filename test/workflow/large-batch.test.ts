import type { ResultInstance } from '../../src/domain/result';
import { toShardWorkflowId } from '../../src/contract/workflow-id';
import { startFleet, type Fleet, type FleetOptions, type StartedBatch } from '../support/fleet';
import { waitFor } from '../support/wait-for';
import { createTestRequest } from '../support/test-request';

/** Batches of several shards, each a workflow of its own. */

const SLOTS = 60;
const SHARD_SLOTS = 20;
const SHARDS = 3;

const REQUEST = createTestRequest(SLOTS);

const PLAN = {
  installationId: 'test',
  accounts: ['default'],
  defaultAccount: 'default',
  chunkSlots: 10,
  shardSlots: SHARD_SLOTS,
};

let fleet: Fleet;
afterEach(() => fleet.close());

async function startLargeFleet(options: FleetOptions = {}): Promise<Fleet> {
  fleet = await startFleet({ ...options, dependencies: { plan: PLAN, ...options.dependencies } });
  return fleet;
}

describe('a batch of several shards', () => {
  it('gives each shard a workflow, and one list with every slot once', async () => {
    await startLargeFleet();
    const batch = await fleet.start(REQUEST);
    const document = await batch.result();
    expect(document).toMatchObject({
      outcome: 'succeeded',
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    const slots = (document.instances ?? []).map(({ slot }) => slot);
    expect(slots).toEqual(Array.from({ length: SLOTS }, (_, slot) => slot));
    expect(await listChildren(batch)).toHaveLength(SHARDS);
    await expectExactly(document.instances ?? []);
  });

  it('starts no more shards at once than may buy', async () => {
    await startLargeFleet({ tuning: { shardsAtOnce: 1 }, emulator: { quota: 15 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null && gate.probes > 0);
    expect(await listChildren(batch)).toHaveLength(1);
    await fleet.control.put('config', { quota: 1_000 });
    expect(await batch.result()).toMatchObject({ counts: { ready: SLOTS } });
  });

  it('tells all shards of a problem of the account, and of the retry', async () => {
    await startLargeFleet({ emulator: { balance: 0 } });
    const batch = await fleet.start(REQUEST);
    const parked = await batch.until(({ phase }) => phase === 'parked');
    expect(parked.needsOperator).toBe(true);
    const wasted = (await fleet.control.log('CreateInstances')).length;
    expect(wasted).toBeLessThanOrEqual(SHARDS);
    await fleet.control.put('config', { balance: null });
    await batch.update('retryFailed', { by: 'ann' });
    expect(await batch.result()).toMatchObject({ counts: { ready: SLOTS, orphans: 0 } });
  });

  it('pauses, resumes and cancels as a whole', async () => {
    await startLargeFleet({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ counts }) => counts.ready >= 30);
    await batch.update('pause');
    await batch.update('resume');
    await batch.update('cancel', { why: 'enough' });
    const document = await batch.result();
    expect(document.outcome).toBe('cancelled');
    expect(document.counts.ready + document.counts.skipped).toBe(SLOTS);
    await expectExactly(document.instances ?? []);
  });
});

describe('a reset in the middle of a large batch', () => {
  it('of the batch finds its shards running and goes on with them', async () => {
    await startLargeFleet({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null);
    const runId = await resetToFirstTask(batch.workflowId);
    await fleet.control.put('config', { quota: 1_000 });
    const document = await fleet.client.workflow.getHandle(batch.workflowId, runId).result();
    expect(document).toMatchObject({
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    await expectExactly((document as { instances: ResultInstance[] }).instances);
  });

  it('of a shard settles what it had bought and buys the rest', async () => {
    await startLargeFleet({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null);
    const [shard] = await listChildren(batch);
    await resetToFirstTask(shard ?? '');
    await fleet.control.put('config', { quota: 1_000 });
    const document = await batch.result();
    expect(document).toMatchObject({
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    await expectExactly(document.instances ?? []);
  });
});

describe('a shard that ends before its time', () => {
  it('is started again when it was terminated, and buys nothing twice', async () => {
    await startLargeFleet({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null);
    const [shard] = await listChildren(batch);
    await fleet.client.workflow.getHandle(shard ?? '').terminate('a test');
    await fleet.control.put('config', { quota: 1_000 });
    const document = await batch.result();
    expect(document).toMatchObject({ counts: { ready: SLOTS, orphans: 0 }, missing: [] });
    expect(document.log.map(({ action }) => action)).toContain('restart');
    await expectExactly(document.instances ?? []);
  });

  it('buys nothing more once its batch is gone', async () => {
    await startLargeFleet({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null);
    const children = await listChildren(batch);
    await fleet.client.workflow.getHandle(batch.workflowId).terminate('a test');
    await fleet.control.put('config', { quota: 1_000 });
    const reports = await Promise.all(
      children.map((id) => fleet.client.workflow.getHandle(id).result()),
    );
    expect(reports).toContainEqual(expect.objectContaining({ endedBy: 'gone' }));
  });
});

describe('continue-as-new', () => {
  const SHORT = { continueAfterEvents: 40 };

  it('hands shards from run to run with parked chunks, gates and orders in flight', async () => {
    await startLargeFleet({ tuning: { ...SHORT, chunksInFlight: 2 }, emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate, counts }) => gate !== null && counts.ready >= 30);
    await fleet.control.put('config', { quota: 1_000, balance: 0 });
    await batch.update('retryFailed');
    await batch.until(({ parked }) => parked.length > 0);
    await actUntilContinued(batch);
    await fleet.control.put('config', { balance: null });
    await batch.update('retryFailed', { by: 'cid' });
    const document = await batch.result();
    expect(document).toMatchObject({
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    expect(document.log.map(({ action, by }) => [action, by])).toEqual(
      expect.arrayContaining([
        ['pause', 'ann'],
        ['resume', 'bob'],
        ['retryFailed', 'cid'],
      ]),
    );
    await expectExactly(document.instances ?? []);
  }, 60_000);

  it('hands a batch in place from run to run, also one that is held', async () => {
    await startLargeFleet({
      tuning: { ...SHORT, chunksInFlight: 2 },
      dependencies: { plan: { ...PLAN, shardSlots: 1_000 } },
      emulator: { quota: 35 },
    });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate, counts }) => gate !== null && counts.ready >= 30);
    await fleet.control.put('config', { quota: 1_000, balance: 0 });
    await batch.update('retryFailed');
    await batch.until(({ hold }) => hold !== null);
    const runs = await countRuns(batch.workflowId);
    await actUntil(batch, async () => (await countRuns(batch.workflowId)) > runs + 1);
    await fleet.control.put('config', { balance: null });
    await batch.update('retryFailed');
    const document = await batch.result();
    expect(document).toMatchObject({
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    // What the first run had proven holds in the others: nothing had to settle.
    expect(await listActivities(batch.workflowId)).not.toContain('settle');
    await expectExactly(document.instances ?? []);
  }, 60_000);

  it('lets a batch in place end that was cancelled before it went on', async () => {
    await startLargeFleet({
      tuning: { ...SHORT, continueAfterEvents: 30, chunksInFlight: 2 },
      dependencies: { plan: { ...PLAN, shardSlots: 1_000 } },
      emulator: { quota: 25, faults: [{ action: 'CreateInstances', when: 'after', kind: 'drop' }] },
    });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ counts }) => counts.creating > 0);
    await batch.update('cancel', { by: 'ann' });
    const document = await batch.result();
    expect(document).toMatchObject({ outcome: 'cancelled', counts: { orphans: 0 } });
    await expectExactly(document.instances ?? []);
  }, 60_000);
});

/** The cloud's own count: what lives is what was asked, and each of it stands in the result. */
async function expectExactly(instances: readonly ResultInstance[]): Promise<void> {
  const ids = instances.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const stats = await fleet.control.stats();
  expect(stats.instances.live).toBe(ids.length);
}

async function listChildren({ workflowId }: StartedBatch): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const id = toShardWorkflowId(workflowId, shard);
    if (await isKnown(id)) ids.push(id);
  }
  return ids;
}

async function isKnown(workflowId: string): Promise<boolean> {
  return fleet.client.workflow
    .getHandle(workflowId)
    .describe()
    .then(
      () => true,
      () => false,
    );
}

async function countRuns(workflowId: string): Promise<number> {
  let runs = 0;
  for await (const run of fleet.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    runs += run.runId === '' ? 0 : 1;
  }
  return runs;
}

/** Types of the activities of all runs. */
async function listActivities(workflowId: string): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { runId } of fleet.client.workflow.list({
    query: `WorkflowId = '${workflowId}'`,
  })) {
    const { events } = await fleet.client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const event of events ?? []) {
      types.push(event.activityTaskScheduledEventAttributes?.activityType?.name ?? '');
    }
  }
  return types;
}

/** Pauses and resumes, over and over, until the batch and a shard have gone through two more runs. */
async function actUntilContinued(batch: StartedBatch): Promise<void> {
  const ids = [batch.workflowId, ...(await listChildren(batch))];
  await actUntil(batch, async () => {
    const [own = 0, ...shards] = await Promise.all(ids.map(countRuns));
    return own > 2 && shards.some((count) => count > 2);
  });
}

async function actUntil(batch: StartedBatch, isEnough: () => Promise<boolean>): Promise<void> {
  const act = async (): Promise<boolean> => {
    await batch.update('pause', { by: 'ann' });
    await batch.update('resume', { by: 'bob' });
    return isEnough();
  };
  await waitFor(act, (isReached) => isReached);
}

/** Resets the open run of a workflow to its first task: everything it knew is gone. */
async function resetToFirstTask(workflowId: string): Promise<string> {
  const { client } = fleet;
  const handle = client.workflow.getHandle(workflowId);
  const { runId } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const task = (events ?? []).find((event) => event.workflowTaskCompletedEventAttributes != null);
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId, runId },
    reason: 'a test',
    workflowTaskFinishEventId: task?.eventId ?? null,
    requestId: `${runId}-reset`,
  });
  return answer.runId;
}
