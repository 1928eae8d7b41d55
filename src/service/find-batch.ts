import type { Client } from '@temporalio/client';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { listDifferences } from '../domain/request-difference';
import type { RequestDifference } from '../domain/request-difference';
import { hashRequest } from '../domain/request-hash';
import type { BatchKey, ResultStore, StoredResult } from '../outbound/result-store';
import type { Submission } from './submission';
import { describeRun, formatKey, readRequestHash, readSubmittedDocument } from './batch-run';
import type { BatchRun } from './batch-run';
import { createFailure, createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';

/** A batch that was submitted before with the same request. */
export type FoundBatch =
  /** Its latest run is open or closed. */
  | { readonly kind: 'attached'; readonly run: BatchRun }
  /** Temporal has forgotten the run, and only its result is left. */
  | { readonly kind: 'attached-to-result'; readonly stored: StoredResult };

/**
 * Finds the batch of a submission.
 *
 * @param client - the Temporal client
 * @param store - where results outlive Temporal's memory
 * @param submission - the checked request
 * @returns the batch; `not-found`; `conflict` when its id is taken by another request; `no-server`
 */
export async function findBatch(
  client: Client,
  store: ResultStore,
  submission: Submission,
): Promise<ServiceResult<FoundBatch>> {
  const { request } = submission;
  const key = toKey(submission);
  const run = await describeRun(client, key);
  if (run.ok) return compareWithRun(client, run.value, submission);
  if (run.code !== 'not-found') return run;
  const stored = (await store.list(key)).at(-1);
  if (stored === undefined) return run;
  const { requestHash } = stored.document.frozen as FrozenPlan;
  if (requestHash !== hashRequest(request)) return createConflict(key);
  return createSuccess({ kind: 'attached-to-result', stored });
}

/**
 * The failure of a batch id that another request has taken.
 *
 * @param key - which batch
 * @param differences - where the two differ, when the earlier one is known
 */
export function createConflict(
  key: BatchKey,
  differences: readonly RequestDifference[] = [],
): ServiceFailure {
  const failure = createFailure(
    'conflict',
    `The batch ${formatKey(key)} exists with another request, and a submitted batch never ` +
      'changes. For more instances write another batchId; to see the batch that is there use ' +
      `"tairfleet status ${formatKey(key)}".`,
  );
  return differences.length === 0 ? failure : { ...failure, differences };
}

/** The key of a submission. */
export function toKey({ request }: Submission): BatchKey {
  return { tenant: request.tenant, batchId: request.batchId };
}

async function compareWithRun(
  client: Client,
  run: BatchRun,
  submission: Submission,
): Promise<ServiceResult<FoundBatch>> {
  const hash = await readRequestHash(client, run);
  if (!hash.ok) return hash;
  if (hash.value === hashRequest(submission.request)) {
    return createSuccess({ kind: 'attached', run });
  }
  return createConflict(run.key, await findDifferences(client, run, submission));
}

/**
 * Where the request of a run and a submission differ.
 *
 * @param client - the Temporal client
 * @param run - the run; its request stands in its first event
 * @param submission - what is submitted now
 * @returns nothing when the earlier request cannot be read: the conflict is no smaller for that
 */
export async function findDifferences(
  client: Client,
  run: BatchRun,
  submission: Submission,
): Promise<readonly RequestDifference[]> {
  const document = await readSubmittedDocument(client, run);
  if (!document.ok) return [];
  const earlier = checkBatchRequest(document.value, { fallbackBatchId: run.key.batchId });
  return earlier.ok ? listDifferences(earlier.request, submission.request) : [];
}
