import type { Client } from '@temporalio/client';
import type { BatchRequest } from '../domain/batch-request';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { BatchKey } from '../outbound/result-store';
import { describeRun, formatKey, readSubmittedDocument } from './batch-run';
import { createFailure, createSuccess } from './service-result';
import type { ServiceResult } from './service-result';

/**
 * Reads the request of a batch as it was submitted, from its latest run.
 *
 * @param client - the Temporal client
 * @param key - which batch
 * @returns the checked request; `not-found` when Temporal has forgotten it, `no-server`
 */
export async function readRequest(
  client: Client,
  key: BatchKey,
): Promise<ServiceResult<BatchRequest>> {
  const run = await describeRun(client, key);
  if (!run.ok) return run.code === 'not-found' ? createForgotten(key) : run;
  const document = await readSubmittedDocument(client, run.value);
  if (!document.ok) return document;
  const checked = checkBatchRequest(document.value, { fallbackBatchId: key.batchId });
  return checked.ok ? createSuccess(checked.request) : createForgotten(key);
}

function createForgotten(key: BatchKey) {
  return createFailure(
    'not-found',
    `Temporal no longer knows what ${formatKey(key)} ordered; give the request again by --file.`,
  );
}
