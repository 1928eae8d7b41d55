/** Workflow ids: a batch's `batch/<tenant>/<batchId>`, and its shards' below it. */

const PREFIX = 'batch';

/** Builds the workflow id. Tenant and batch id hold no `/`, which the request check ensures. */
export function toWorkflowId(tenant: string, batchId: string): string {
  return `${PREFIX}/${tenant}/${batchId}`;
}

/** Splits a workflow id into its parts; null when it is not one of a batch. */
export function fromWorkflowId(workflowId: string): { tenant: string; batchId: string } | null {
  const [prefix, tenant, batchId, ...rest] = workflowId.split('/');
  if (prefix !== PREFIX || !tenant || !batchId || rest.length > 0) return null;
  return { tenant, batchId };
}

/** First parts of the ids of workflows that are about one batch, whose name follows. */
const KINDS_OF_A_BATCH: readonly unknown[] = [PREFIX, 'notify', 'release', 'reconcile', 'sweep'];

/** The batch that a workflow is about, as its id says; null when it is about none, or about many. */
export function toBatchOf(workflowId: string): { tenant: string; batchId: string } | null {
  const [kind, tenant, batchId] = workflowId.split('/');
  if (!KINDS_OF_A_BATCH.includes(kind) || !tenant || !batchId) return null;
  return { tenant, batchId };
}

/** Whose workflow it is; null when it is about no batch. */
export function toTenant(workflowId: string): string | null {
  return toBatchOf(workflowId)?.tenant ?? null;
}

/** The workflow id of a shard of a batch: `batch/<tenant>/<batchId>/s0003`. */
export function toShardWorkflowId(batchWorkflowId: string, shard: number): string {
  return `${batchWorkflowId}/s${String(shard).padStart(4, '0')}`;
}
