import type { Client } from '@temporalio/client';
import type { ActionNote } from '../contract/messages';
import { SWEEP_ORPHANS, toSweepNowId } from '../contract/operations';
import { toSweepScope } from '../contract/sweep-scope';
import type { SweepOrphansInput, SweepReport, SweepScope } from '../contract/sweep-types';
import { checkBatchRequest } from '../domain/check-batch-request';
import { hashRequest } from '../domain/request-hash';
import type { BatchKey } from '../outbound/result-store';
import { formatKey } from './batch-run';
import { findRequest } from './reconcile-batch';
import { runOperation } from './run-operation';
import type { ServiceResult } from './service-result';

/** How to look, and who asks. */
export interface SweepOrder {
  /** Whether a right count is enough, one call a place; else the ids are compared. */
  readonly isCountEnough: boolean;
  readonly note: ActionNote;
  readonly taskQueue?: string;
}

const SWEEP_TIMEOUT_MS = 3_600_000;

/**
 * Looks for orphans of an ended batch at once. A worker does it, since it has the keys.
 *
 * @param client - the Temporal client
 * @param key - which batch
 * @param order - how to look
 * @returns what was found; `refused` with the reason, `no-worker`, `no-server`
 */
export async function sweepBatch(
  client: Client,
  key: BatchKey,
  { isCountEnough, note, taskQueue }: SweepOrder,
): Promise<ServiceResult<SweepReport>> {
  const { tenant, batchId } = key;
  const scope = toScope(await findRequest(client, key), batchId);
  const input: SweepOrphansInput = {
    ...{ tenant, batchId, isCountEnough, scope },
    ...note,
    generation: null,
    afterMs: [0],
  };
  return runOperation<SweepReport>(client, {
    type: SWEEP_ORPHANS,
    workflowId: toSweepNowId(tenant, batchId),
    input,
    what: `look for orphans of the batch ${formatKey(key)}`,
    timeoutMs: SWEEP_TIMEOUT_MS,
    ...(taskQueue === undefined ? {} : { taskQueue }),
  });
}

/** Without the request the result says where to look, and nobody is told. */
function toScope(document: unknown, fallbackBatchId: string): SweepScope | null {
  const checked = checkBatchRequest(document, { fallbackBatchId });
  return checked.ok ? toSweepScope(checked.request, hashRequest(checked.request)) : null;
}
