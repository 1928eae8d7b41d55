import type { ResultInstance } from '../../src/domain/result';
import type { Fleet, FleetOptions, StartedBatch } from '../support/fleet';
import {
  countRuns,
  expectExactly,
  LARGE_PLAN,
  listShards,
  resetToFirstTask,
  startLargeFleet,
} from '../support/large-batch';
import { waitFor } from '../support/wait-for';
import { createTestRequest } from '../support/test-request';

/** Batches of several shards, each a workflow of its own. */

const SLOTS = 60;
const SHARDS = 3;

const REQUEST = createTestRequest(SLOTS);

let fleet: Fleet;
afterEach(() => fleet.close());

async function start(options: FleetOptions = {}): Promise<void> {
  fleet = await startLargeFleet(options);
}

describe('a batch of several shards', () => {
  it('gives each shard a workflow, and one list with every slot once', async () => {
    await start();
    const batch = await fleet.start(REQUEST);
    const document = await batch.result();
    expect(document).toMatchObject({
      outcome: 'succeeded',
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    const slots = (document.instances ?? []).map(({ slot }) => slot);
    expect(slots).toEqual(Array.from({ length: SLOTS }, (_, slot) => slot));
    expect(await listShards(fleet, batch)).toHaveLength(SHARDS);
    await expectExactly(fleet, document.instances ?? []);
  });

  it('starts no more shards at once than may buy', async () => {
    await start({ tuning: { shardsAtOnce: 1 }, emulator: { quota: 15 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null && gate.probes > 0);
    expect(await listShards(fleet, batch)).toHaveLength(1);
    await fleet.control.put('config', { quota: 1_000 });
    expect(await batch.result()).toMatchObject({ counts: { ready: SLOTS } });
  });

  it('tells all shards of a problem of the account, and of the retry', async () => {
    await start({ emulator: { balance: 0 } });
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
    await start({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ counts }) => counts.ready >= 30);
    await batch.update('pause');
    await batch.update('resume');
    await batch.update('cancel', { why: 'enough' });
    const document = await batch.result();
    expect(document.outcome).toBe('cancelled');
    expect(document.counts.ready + document.counts.skipped).toBe(SLOTS);
    await expectExactly(fleet, document.instances ?? []);
  });
});

describe('a reset in the middle of a large batch', () => {
  it('of the batch finds its shards running and goes on with them', async () => {
    await start({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null);
    const runId = await resetToFirstTask(fleet, batch.workflowId);
    await fleet.control.put('config', { quota: 1_000 });
    const document = await fleet.client.workflow.getHandle(batch.workflowId, runId).result();
    expect(document).toMatchObject({
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    await expectExactly(fleet, (document as { instances: ResultInstance[] }).instances);
  });

  it('of a shard settles what it had bought and buys the rest', async () => {
    await start({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null);
    const [shard] = await listShards(fleet, batch);
    await resetToFirstTask(fleet, shard ?? '');
    await fleet.control.put('config', { quota: 1_000 });
    const document = await batch.result();
    expect(document).toMatchObject({
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    await expectExactly(fleet, document.instances ?? []);
  });
});

describe('a shard that ends before its time', () => {
  it('is started again when it was terminated, and buys nothing twice', async () => {
    await start({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null);
    const [shard] = await listShards(fleet, batch);
    await fleet.client.workflow.getHandle(shard ?? '').terminate('a test');
    await fleet.control.put('config', { quota: 1_000 });
    const document = await batch.result();
    expect(document).toMatchObject({ counts: { ready: SLOTS, orphans: 0 }, missing: [] });
    expect(document.log.map(({ action }) => action)).toContain('restart');
    await expectExactly(fleet, document.instances ?? []);
  });

  it('buys nothing more once its batch is gone', async () => {
    await start({ emulator: { quota: 35 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null);
    const children = await listShards(fleet, batch);
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
    await start({ tuning: { ...SHORT, chunksInFlight: 2 }, emulator: { quota: 35 } });
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
    await expectExactly(fleet, document.instances ?? []);
  }, 60_000);

  it('hands a batch in place from run to run, also one that is held', async () => {
    await start({
      tuning: { ...SHORT, chunksInFlight: 2 },
      dependencies: { plan: { ...LARGE_PLAN, shardSlots: 1_000 } },
      emulator: { quota: 35 },
    });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate, counts }) => gate !== null && counts.ready >= 30);
    await fleet.control.put('config', { quota: 1_000, balance: 0 });
    await batch.update('retryFailed');
    await batch.until(({ hold }) => hold !== null);
    const runs = await countRuns(fleet, batch.workflowId);
    await actUntil(batch, async () => (await countRuns(fleet, batch.workflowId)) > runs + 1);
    await fleet.control.put('config', { balance: null });
    await batch.update('retryFailed');
    const document = await batch.result();
    expect(document).toMatchObject({
      counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
      missing: [],
    });
    // What the first run had proven holds in the others: nothing had to settle.
    expect(await listActivities(batch.workflowId)).not.toContain('settle');
    await expectExactly(fleet, document.instances ?? []);
  }, 60_000);

  it('lets a batch in place end that was cancelled before it went on', async () => {
    await start({
      tuning: { ...SHORT, continueAfterEvents: 30, chunksInFlight: 2 },
      dependencies: { plan: { ...LARGE_PLAN, shardSlots: 1_000 } },
      emulator: { quota: 25, faults: [{ action: 'CreateInstances', when: 'after', kind: 'drop' }] },
    });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ counts }) => counts.creating > 0);
    await batch.update('cancel', { by: 'ann' });
    const document = await batch.result();
    expect(document).toMatchObject({ outcome: 'cancelled', counts: { orphans: 0 } });
    await expectExactly(fleet, document.instances ?? []);
  }, 60_000);
});

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
  const ids = [batch.workflowId, ...(await listShards(fleet, batch))];
  await actUntil(batch, async () => {
    const [own = 0, ...shards] = await Promise.all(ids.map((id) => countRuns(fleet, id)));
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
