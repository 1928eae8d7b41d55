import type { Client } from '@temporalio/client';
import type { ActionNote } from '../contract/messages';
import type { ReconcileAction, ReconcileReport } from '../contract/operation-types';
import { RECONCILE_BATCH, toReconcileId } from '../contract/operations';
import type { BatchKey } from '../outbound/result-store';
import type { Submission } from './submission';
import { describeRun, formatKey, readSubmittedDocument } from './batch-run';
import { runOperation } from './run-operation';
import type { ServiceResult } from './service-result';

/** What to do about differences, and who asks. */
export interface ReconcileOrder {
  readonly action: ReconcileAction;
  readonly note: ActionNote;
  /** The request, for a batch that Temporal has forgotten. */
  readonly submission?: Submission;
  readonly taskQueue?: string;
}

const RECONCILE_TIMEOUT_MS = 3_600_000;

/**
 * Compares an ended batch's result with the cloud. A worker does it, since it has the keys.
 *
 * @param client - the Temporal client
 * @param key - which batch
 * @param order - whether to adopt or delete orphans, too
 * @returns what differs and what was done; `refused` with the reason, `no-worker`, `no-server`
 */
export async function reconcileBatch(
  client: Client,
  key: BatchKey,
  order: ReconcileOrder,
): Promise<ServiceResult<ReconcileReport>> {
  const request = order.submission?.document ?? (await findRequest(client, key));
  const { tenant, batchId } = key;
  const { action, note, taskQueue } = order;
  return runOperation<ReconcileReport>(client, {
    type: RECONCILE_BATCH,
    workflowId: toReconcileId(tenant, batchId),
    input: { tenant, batchId, action, request, ...note },
    what: `reconcile the batch ${formatKey(key)}`,
    timeoutMs: RECONCILE_TIMEOUT_MS,
    ...(taskQueue === undefined ? {} : { taskQueue }),
  });
}

/**
 * The request of the latest run, as it was submitted.
 *
 * @param client - the Temporal client
 * @param key - which batch
 * @returns null when Temporal has forgotten it: less can be compared then
 */
export async function findRequest(client: Client, key: BatchKey): Promise<unknown> {
  const run = await describeRun(client, key);
  if (!run.ok) return null;
  const document = await readSubmittedDocument(client, run.value);
  return document.ok ? document.value : null;
}
