import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { FROZEN_MEMO, PRICES_MEMO, PROVISION_BATCH } from '../contract/names';
import { fromWorkflowId } from '../contract/workflow-id';
import type { GroupPrice } from '../domain/batch-price';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { OpenBatch } from '../domain/tenant-caps';
import { readStartDocument, withinTime } from './batch-run';

/** Start events that are read at once. */
const READ_AT_ONCE = 10;

/**
 * The batches of a tenant that have not ended. What each asks for is read from its start event: neither
 * a memo nor search attributes are there from the first moment of every run.
 */
export async function listOpenBatches(
  client: Client,
  tenant: string,
): Promise<readonly OpenBatch[]> {
  const prefix = `batch/${tenant.replace(/'/g, "''")}/`;
  const query = `WorkflowType = '${PROVISION_BATCH}' AND ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '${prefix}'`;
  // Fails soon when nobody answers; the iteration itself has no time limit.
  await withinTime(client, () => client.workflow.count(query));
  const found: WorkflowExecutionInfo[] = [];
  for await (const info of client.workflow.list({ query })) found.push(info);
  const open: OpenBatch[] = [];
  for (let from = 0; from < found.length; from += READ_AT_ONCE) {
    const piece = found.slice(from, from + READ_AT_ONCE);
    open.push(...(await Promise.all(piece.map((info) => toOpenBatch(client, info)))));
  }
  return open;
}

async function toOpenBatch(client: Client, info: WorkflowExecutionInfo): Promise<OpenBatch> {
  const { workflowId, runId, startTime, memo } = info;
  const batchId = fromWorkflowId(workflowId)?.batchId ?? '';
  const document = await readStartDocument(client, { workflowId, runId });
  const checked = checkBatchRequest(document, { fallbackBatchId: batchId });
  return {
    batchId,
    runId,
    startedAtMs: startTime.getTime(),
    isAdmitted: memo?.[FROZEN_MEMO] !== undefined,
    request: checked.ok ? checked.request : null,
    prices: (memo?.[PRICES_MEMO] as readonly GroupPrice[] | undefined) ?? null,
  };
}
