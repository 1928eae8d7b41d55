/**
 * Histories of batches with several shards and of runs that continue as new, recorded on a fleet of
 * their own: with limits so small, the other scenarios would show nothing else.
 */
import { waitUntil } from '../../scripts/local-fleet.mjs';
import { createRequest, start } from './scenario-batch.mjs';
import { WORKER_CONFIG } from './scenarios.mjs';

const SHARD_SLOTS = 60;

export const SHARD_WORKER_CONFIG = {
  ...WORKER_CONFIG,
  plan: { chunkSlots: 10, shardSlots: SHARD_SLOTS },
  tuning: { ...WORKER_CONFIG.tuning, chunksInFlight: 2, continueAfterEvents: 50 },
};

/** Each says which runs to keep, as the part of the name that follows the scenario's. */
export const SHARD_SCENARIOS = {
  /** Two shards, elsewhere: a gate, a parked chunk, orders, and several runs of each workflow. */
  'large-batch': async (fleet) => {
    await fleet.control.configure({ quota: 50 });
    const batch = await start(fleet, createRequest('large-batch', 2 * SHARD_SLOTS));
    await batch.until(({ gate, counts }) => gate !== null && counts.ready >= 20);
    await batch.update('pause', { by: 'ann' });
    await batch.update('resume');
    await fleet.control.configure({ quota: null, balance: 0 });
    await batch.update('retryFailed');
    await batch.until(({ parked }) => parked.length > 0);
    await fleet.control.configure({ balance: null });
    await batch.update('retryFailed', { by: 'ann' });
    await batch.handle.result();
    const { workflowId } = batch.handle;
    return {
      ...(await listRuns(fleet, workflowId, 'root')),
      ...(await listRuns(fleet, `${workflowId}/s0000`, 'shard')),
    };
  },
  /** One shard, in place, over several runs. */
  'continued-in-place': async (fleet) => {
    const batch = await start(fleet, createRequest('continued-in-place', SHARD_SLOTS));
    await batch.handle.result();
    return listRuns(fleet, batch.handle.workflowId, 'root');
  },
};

/** All runs of a workflow in their order, once the list of runs shows how the last one ended. */
async function listRuns({ client }, workflowId, name) {
  const list = async () => {
    const runs = [];
    for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
      runs.unshift(run);
    }
    return runs;
  };
  const runs = await waitUntil(list, (seen) => seen.at(-1)?.status.name === 'COMPLETED');
  return Object.fromEntries(
    runs.map(({ runId }, index) => [`${name}-${index}`, { workflowId, runId }]),
  );
}
