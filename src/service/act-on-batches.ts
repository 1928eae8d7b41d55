import type { ActionAnswer } from '../contract/messages';
import type { BatchKey } from '../outbound/result-store';
import type { Action, ActionName } from './act-on-batch';
import { mapAtOnce } from './at-once';
import type { SelectedBatch } from './batch-selection';
import type { ServiceResult } from './service-result';

/** One of many batches, and what it has answered. */
export interface BulkRow {
  readonly key: BatchKey;
  readonly answer: ServiceResult<ActionAnswer>;
}

/** Each is a workflow task for the workers; what the cloud is asked afterwards has limits of its own. */
const AT_ONCE = 8;

/** Actions that take chunks. */
const OF_CHUNKS: readonly ActionName[] = ['retryFailed', 'skip'];

/**
 * Gives many open batches the same order. A batch that has ended, or changed, since it was selected
 * refuses it by its own check, and costs no other its order; none is started again.
 *
 * @param batches - as they were selected
 * @param action - what to do, with who and why
 * @param act - gives one batch its order
 * @returns a row for each, in their order
 */
export function actOnBatches(
  batches: readonly SelectedBatch[],
  { name, input }: Action,
  act: (key: BatchKey, action: Action) => Promise<ServiceResult<ActionAnswer>>,
): Promise<readonly BulkRow[]> {
  return mapAtOnce(batches, AT_ONCE, async ({ tenant, batchId, chunks }) => {
    const key = { tenant, batchId };
    const some = chunks !== null && OF_CHUNKS.includes(name) ? { chunks } : {};
    return { key, answer: await act(key, { name, input: { ...input, ...some } }) };
  });
}
