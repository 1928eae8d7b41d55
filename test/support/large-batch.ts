import type { ResultInstance } from '../../src/domain/result';
import { toShardWorkflowId } from '../../src/contract/workflow-id';
import { startFleet, type Fleet, type FleetOptions, type StartedBatch } from './fleet';

/** Batches of several small shards, each a workflow of its own. */

export const SHARD_SLOTS = 20;

export const LARGE_PLAN = {
  installationId: 'test',
  accounts: ['default'],
  defaultAccount: 'default',
  chunkSlots: 10,
  shardSlots: SHARD_SLOTS,
};

export function startLargeFleet(options: FleetOptions = {}): Promise<Fleet> {
  return startFleet({ ...options, dependencies: { plan: LARGE_PLAN, ...options.dependencies } });
}

/** The cloud's own count: what lives is what was asked, and each of it stands in the result. */
export async function expectExactly(
  fleet: Fleet,
  instances: readonly ResultInstance[],
): Promise<void> {
  const ids = instances.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const stats = await fleet.control.stats();
  expect(stats.instances.live).toBe(ids.length);
}

/** Workflow ids of the shards that have begun, of at most three. */
export async function listShards(
  { client }: Fleet,
  { workflowId }: StartedBatch,
): Promise<readonly string[]> {
  const ids = [0, 1, 2].map((shard) => toShardWorkflowId(workflowId, shard));
  const looks = ids.map((id) => client.workflow.getHandle(id).describe());
  const known = await Promise.allSettled(looks);
  return ids.filter((_id, shard) => known[shard]?.status === 'fulfilled');
}

export async function countRuns({ client }: Fleet, workflowId: string): Promise<number> {
  let runs = 0;
  for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    runs += run.runId === '' ? 0 : 1;
  }
  return runs;
}

/**
 * Resets the open run of a workflow to its first task: everything it knew is gone.
 *
 * @returns the id of the new run
 */
export async function resetToFirstTask({ client }: Fleet, workflowId: string): Promise<string> {
  const handle = client.workflow.getHandle(workflowId);
  const { runId } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const task = (events ?? []).find((event) => event.workflowTaskCompletedEventAttributes != null);
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    reason: 'a test',
    workflowTaskFinishEventId: task?.eventId ?? null,
    requestId: `${runId}-reset`,
  });
  return answer.runId;
}
