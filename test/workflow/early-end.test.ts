import { toShardWorkflowId } from '../../src/contract/workflow-id';
import { startFleet, type Fleet, type StartedBatch, type TestRequest } from '../support/fleet';
import { createTestRequest } from '../support/test-request';

/**
 * A batch that is ended before its run has sent anything may still own what an earlier run of it has
 * bought: rule R9 wants an account of that, too.
 */

let fleet: Fleet;
afterEach(() => fleet.close());

describe('a batch that is terminated, started again and cancelled before it sends', () => {
  it('owns what the run before has bought, and buys nothing more', async () => {
    fleet = await startFleet({ emulator: { quota: 10 } });
    const { handle } = await terminateAndStartCancelled(createTestRequest(20));
    expect(await handle.result()).toMatchObject({
      outcome: 'cancelled',
      counts: { slots: 20, ready: 10, skipped: 10, orphans: 0 },
    });
    expect((await fleet.control.stats()).instances.live).toBe(10);
  });

  it('does so in every shard when the shards are workflows of their own', async () => {
    fleet = await startFleet({
      emulator: { quota: 15 },
      dependencies: { plan: { ...PLAN, shardSlots: 10 } },
    });
    const { handle, batch } = await terminateAndStartCancelled(createTestRequest(30));
    expect(await handle.result()).toMatchObject({
      outcome: 'cancelled',
      counts: { slots: 30, ready: 15, skipped: 15, orphans: 0 },
    });
    const shard = fleet.client.workflow.getHandle(toShardWorkflowId(batch.workflowId, 2));
    expect((await shard.describe()).status.name).toBe('COMPLETED');
    expect((await fleet.control.stats()).instances.live).toBe(15);
  });
});

const PLAN = {
  installationId: 'test',
  accounts: ['default'],
  defaultAccount: 'default',
  chunkSlots: 5,
};

/** The second run is cancelled before its first task, so that nothing of it can be faster. */
async function terminateAndStartCancelled(
  request: TestRequest,
): Promise<{ batch: StartedBatch; handle: Again }> {
  const batch = await fleet.start(request);
  await batch.until(({ gate, counts }) => gate !== null && counts.starting === 0);
  await fleet.client.workflow.getHandle(batch.workflowId).terminate('a test');
  const [, , batchId] = batch.workflowId.split('/');
  const handle = await fleet.client.workflow.start('provisionBatch', {
    workflowId: batch.workflowId,
    taskQueue: fleet.taskQueue,
    startDelay: '1s',
    args: [{ request: { apiVersion: 'tairfleet/v1', batchId, ...request } }],
  });
  await handle.cancel();
  return { batch, handle };
}

type Again = Awaited<ReturnType<Fleet['client']['workflow']['start']>>;
