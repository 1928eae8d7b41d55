import type { Client } from '@temporalio/client';
import { PROGRESS_QUERY } from '../contract/names';
import { toWorkflowId } from '../contract/workflow-id';
import type { BatchProgress } from '../domain/progress';
import type { BatchKey } from '../outbound/result-store';
import { formatKey, isServerAnswering, withinTime } from './batch-run';
import { createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import { classifyTemporalError, createNoWorker, toServiceFailure } from './temporal-failure';

/** A worker that is there answers a query within milliseconds; a busy one within seconds. */
const QUERY_TIMEOUT_MS = 5_000;

/**
 * Asks a batch how far it is. Only a worker can answer that.
 *
 * @param client - the Temporal client
 * @param key - which batch
 * @returns its progress; `no-worker`, `no-server`, `not-found`
 */
export async function readProgress(
  client: Client,
  key: BatchKey,
): Promise<ServiceResult<BatchProgress>> {
  const handle = client.workflow.getHandle(toWorkflowId(key.tenant, key.batchId));
  const what = `ask the batch ${formatKey(key)} how far it is`;
  try {
    const query = (): Promise<BatchProgress> => handle.query<BatchProgress>(PROGRESS_QUERY);
    return createSuccess(await withinTime(client, query, QUERY_TIMEOUT_MS));
  } catch (error) {
    const isLate = classifyTemporalError(error) === 'too-late';
    if (isLate && (await isServerAnswering(client))) return createNoWorker(what);
    return toServiceFailure(error, what);
  }
}
