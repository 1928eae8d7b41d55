import type { BatchProgress } from '../../src/domain/progress';
import type { ResultDocument } from '../../src/domain/result';
import type { ShardReport } from '../../src/contract/shard-report';
import { toShardWorkflowId } from '../../src/contract/workflow-id';
import type { Fleet, StartedBatch } from '../support/fleet';
import {
  countRuns,
  expectExactly,
  LARGE_PLAN,
  listShards,
  resetToFirstTask,
  startLargeFleet,
} from '../support/large-batch';
import { createTestRequest, PLACEMENT, SPEC } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** What people order a batch of several shards, and what its shards know of it afterwards. */

const BY = { by: 'ada' };

let fleet: Fleet;
afterEach(() => fleet.close());

const toParked = ({ counts }: BatchProgress): number => counts.parked;

it('gives up the skipped chunks of a shard for good', async () => {
  fleet = await startLargeFleet();
  const good = { name: 'good', count: 20, spec: SPEC, placements: [PLACEMENT] };
  const bad = { ...good, name: 'bad', spec: { ...SPEC, instanceClass: 'redis.no.such.class' } };
  const batch = await fleet.start({ groups: [good, bad] });
  await batch.until((progress) => toParked(progress) === 20 && progress.counts.ready === 20);
  const { length: ordered } = await fleet.control.log('CreateInstances');
  await batch.update('skip', BY);
  const { counts, log, instances } = await batch.result();
  expect(counts).toMatchObject({ ready: 20, skipped: 20, parked: 0 });
  expect(log.map(({ action }) => action)).toEqual(['skip']);
  expect(await fleet.control.log('CreateInstances')).toHaveLength(ordered);
  await expectExactly(fleet, instances ?? []);
});

describe('a new run of the batch', () => {
  it('takes back the pause that its shards were told by the one before', async () => {
    fleet = await startLargeFleet({ emulator: { quota: 35 } });
    const batch = await fleet.start(createTestRequest(60));
    await batch.until(({ gate, counts }) => gate !== null && counts.ready >= 30);
    await batch.update('pause', BY);
    await untilAllPaused(batch);
    await fleet.client.workflow.getHandle(batch.workflowId).terminate('a test');
    await fleet.control.put('config', { quota: 1_000 });
    expect(await batch.startAgain()).toMatchObject({ counts: { ready: 60, orphans: 0 } });
  });

  it('tells its shards the prices that it has asked for', async () => {
    fleet = await startLargeFleet({ emulator: { pricePerInstance: 200 } });
    const batch = await fleet.start(createTestRequest(60, { maxPrice: '100 CNY' }));
    await batch.until((progress) => toParked(progress) === 60);
    await fleet.control.put('config', { pricePerInstance: 1 });
    const runId = await resetToFirstTask(fleet, batch.workflowId);
    const handle = fleet.client.workflow.getHandle(batch.workflowId, runId);
    const document = (await handle.result()) as ResultDocument;
    expect(document).toMatchObject({ counts: { ready: 60, orphans: 0 } });
    await expectExactly(fleet, document.instances ?? []);
  });
});

it('remembers in the next run of a shard that a person has cancelled it', async () => {
  fleet = await startLargeFleet({
    dependencies: { plan: { ...LARGE_PLAN, chunkSlots: 5 } },
    tuning: { continueAfterEvents: 60, chunksInFlight: 1 },
    emulator: { createTimeMs: 3_000 },
  });
  const batch = await fleet.start(createTestRequest(60));
  const shard = fleet.client.workflow.getHandle(toShardWorkflowId(batch.workflowId, 2));
  await waitFor(
    () => listShards(fleet, batch),
    (ids) => ids.includes(shard.workflowId),
  );
  await waitFor(
    () => shard.query<ShardReport>('progress'),
    ({ groups }) => (groups[0]?.counts.creating ?? 0) > 0,
  );
  await makeLong(batch);
  await shard.cancel();
  const { counts, log, instances } = await batch.result();
  expect(await countRuns(fleet, shard.workflowId)).toBeGreaterThan(1);
  expect(counts.skipped).toBeGreaterThan(0);
  expect(counts.ready + counts.skipped).toBe(60);
  expect(log).toEqual([]);
  await expectExactly(fleet, instances ?? []);
});

/** Waits until the pause has reached all shards that still run: each of them has it in its history. */
async function untilAllPaused(batch: StartedBatch): Promise<void> {
  const ids = await listShards(fleet, batch);
  const isTold = async (id: string): Promise<boolean> => {
    const handle = fleet.client.workflow.getHandle(id);
    if ((await handle.describe()).status.name !== 'RUNNING') return true;
    const { events } = await handle.fetchHistory();
    return (events ?? []).some((event) => event.workflowExecutionSignaledEventAttributes != null);
  };
  await waitFor(
    () => Promise.all(ids.map(isTold)),
    (told) => told.every((isOne) => isOne),
  );
}

/** Lets the last shard's history grow until its run is to end, while its create is under way. */
async function makeLong({ workflowId }: StartedBatch): Promise<void> {
  const shard = fleet.client.workflow.getHandle(toShardWorkflowId(workflowId, 2));
  const order = { action: { type: 'concurrency', chunksInFlight: 1 }, round: 0 };
  await waitFor(
    async () => {
      await shard.signal('shardAct', order);
      return (await shard.describe()).historyLength;
    },
    (length) => length > 70,
  );
}
