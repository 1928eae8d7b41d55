/** The workflow id of a batch: `batch/<tenant>/<batchId>`. */

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
