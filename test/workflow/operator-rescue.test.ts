import RPCClient from '@alicloud/pop-core';
import type { Fleet, StartedBatch } from '../support/fleet';
import { useOwnFleets } from '../support/own-fleets';
import { waitFor } from '../support/wait-for';
import { createTestRequest } from '../support/test-request';
import { about } from '../support/side-by-side';

/** What operators do to a running or ended batch, and that it never buys twice. */

const REQUEST = createTestRequest(40);

const openFleet = useOwnFleets();

describe('a reset in the middle of a paid batch', () => {
  it.concurrent.each([
    ['to before the proof', 'prove'],
    ['to after the first purchases', 'control'],
  ])('%s settles, adopts what was bought and buys only the rest', async (_where, activity) => {
    const fleet = await openFleet({ emulator: { quota: 25 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ gate }) => gate !== null && gate.probes > 0);
    const runId = await resetTo(fleet, batch, activity);
    await fleet.control.put('config', { quota: 1_000 });
    const document = await fleet.client.workflow.getHandle(batch.workflowId, runId).result();
    expect(document).toMatchObject({ counts: { slots: 40, ready: 40, orphans: 0 }, missing: [] });
    expect((await fleet.control.stats()).instances.live).toBe(40);
  });
});

about('a batch that ended short', (it) => {
  it('gets a next generation that adopts what is there and buys the rest', async () => {
    const fleet = await openFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ counts }) => counts.ready === 20);
    await batch.update('cancel');
    expect(await batch.result()).toMatchObject({ counts: { ready: 20, skipped: 20 } });
    await fleet.control.put('config', { quota: 1_000 });
    const [, , batchId] = batch.workflowId.split('/');
    const again = await fleet.client.workflow.start('provisionBatch', {
      workflowId: batch.workflowId,
      taskQueue: fleet.taskQueue,
      args: [{ request: { apiVersion: 'tairfleet/v1', batchId, ...REQUEST } }],
    });
    expect(await again.result()).toMatchObject({
      generation: 1,
      outcome: 'succeeded',
      counts: { ready: 40, orphans: 0 },
    });
    expect((await fleet.control.stats()).instances.live).toBe(40);
  });

  it('ends at its deadline with what it has, and lists what is parked', async () => {
    const fleet = await openFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start({ ...REQUEST, policy: { deadline: '10s' } });
    expect(await batch.result()).toMatchObject({
      outcome: 'partial',
      counts: { ready: 20, parked: 20, orphans: 0 },
    });
  });
});

about('a cancellation from the Temporal UI', (it) => {
  it('ends the batch with a full account, like the update', async () => {
    const fleet = await openFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ counts }) => counts.ready === 20);
    await fleet.client.workflow.getHandle(batch.workflowId).cancel();
    expect(await batch.result()).toMatchObject({
      outcome: 'cancelled',
      counts: { ready: 20, skipped: 20, orphans: 0 },
    });
  });
});

about('an instance that somebody released by hand', (it) => {
  it('is listed as missing and does not count as ready', async () => {
    const fleet = await openFleet({ emulator: { quota: 20 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ counts }) => counts.ready === 20);
    const [created] = (await fleet.control.log('CreateInstances')).flatMap(({ ids }) => ids);
    // What that frees must not let a probe of the gate through.
    await fleet.control.put('config', { quota: 0 });
    await release(fleet, created ?? '');
    await batch.update('cancel');
    expect(await batch.result()).toMatchObject({
      counts: { ready: 19, failed: 1, skipped: 20, orphans: 0 },
      missing: [created],
    });
  });
});

describe('another request under a known batch id', () => {
  it.concurrent('is refused before anything is sent', async () => {
    const fleet = await openFleet();
    const batch = await fleet.start(REQUEST);
    await batch.result();
    const [, , batchId] = batch.workflowId.split('/');
    const other = createTestRequest(41);
    const again = fleet.client.workflow.execute('provisionBatch', {
      workflowId: batch.workflowId,
      taskQueue: fleet.taskQueue,
      args: [{ request: { apiVersion: 'tairfleet/v1', batchId, ...other } }],
    });
    await expect(again).rejects.toMatchObject({ cause: { type: 'PlanConflict' } });
    expect((await fleet.control.stats()).instances.live).toBe(40);
  });
});

describe('what operators read in the Temporal UI', () => {
  it.concurrent(
    'says that a batch is parked when its first chunk is, since no other may go before',
    async () => {
      const fault = { action: 'CreateInstances', when: 'before', kind: 'refuse' };
      const unheardOf = { status: 400, code: 'Unheard.Of', message: 'no', count: 1 };
      const fleet = await openFleet({ emulator: { faults: [{ ...fault, ...unheardOf }] } });
      const batch = await fleet.start(REQUEST);
      const { counts } = await batch.until(({ phase }) => phase === 'parked');
      expect(counts).toMatchObject({ parked: 10, planned: 30 });
      await batch.update('retryFailed');
      expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 40 } });
    },
  );

  it.concurrent('names the code, the way out and the need for a person', async () => {
    const fleet = await openFleet({ emulator: { balance: 0 } });
    const batch = await fleet.start(REQUEST);
    await batch.until(({ phase }) => phase === 'parked');
    const metadata = await fleet.client.workflow
      .getHandle(batch.workflowId)
      .query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toContain('InsufficientBalance');
    expect(metadata.currentDetails).toContain('retryFailed');
    const found = await waitFor(
      async () => {
        const ids: string[] = [];
        const query = `BatchNeedsOperator = true AND BatchPhase = 'parked'`;
        for await (const run of fleet.client.workflow.list({ query })) ids.push(run.workflowId);
        return ids;
      },
      (ids) => ids.includes(batch.workflowId),
    );
    expect(found).toContain(batch.workflowId);
    await batch.update('cancel');
    await batch.result();
  });
});

/** Releases an instance past us, as in the console. */
async function release(fleet: Fleet, InstanceId: string): Promise<void> {
  const client = new RPCClient({
    endpoint: fleet.control.url,
    apiVersion: '2015-01-01',
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
  });
  await client.request('DeleteInstance', { InstanceId }, { method: 'POST' });
}

/** Resets a batch to the workflow task that follows the completion of an activity's first run. */
async function resetTo({ client }: Fleet, batch: StartedBatch, activity: string): Promise<string> {
  const { events } = await client.workflow.getHandle(batch.workflowId).fetchHistory();
  const all = events ?? [];
  const scheduled = all.find(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity,
  );
  const task = all.find(
    (event) =>
      Number(event.eventId) > Number(scheduled?.eventId) &&
      event.workflowTaskCompletedEventAttributes !== undefined &&
      event.workflowTaskCompletedEventAttributes !== null,
  );
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: batch.workflowId, runId: batch.runId },
    reason: 'a test',
    workflowTaskFinishEventId: task?.eventId ?? null,
    requestId: `${batch.runId}-${activity}`,
  });
  return answer.runId;
}
