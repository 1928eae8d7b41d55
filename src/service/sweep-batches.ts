import type { Client } from '@temporalio/client';
import type { SweepReport } from '../contract/sweep-types';
import type { BatchKey, ResultStore } from '../outbound/result-store';
import { mapAtOnce } from './at-once';
import { listBatches } from './list-batches';
import type { ListFilter } from './list-filter';
import { createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import { sweepBatch, type SweepOrder } from './sweep-batch';

/** Which ended batches. */
export type SweepFilter = Pick<ListFilter, 'tenant' | 'startedAfterMs' | 'limit'>;

/** One batch, and what its sweep has come to. */
export interface SweptBatch {
  readonly key: BatchKey;
  readonly report: ServiceResult<SweepReport>;
}

/** The rows, and whether there may be more. */
export interface SweptBatches {
  readonly batches: readonly SweptBatch[];
  readonly isCut: boolean;
}

/** The rate limit of the account holds besides. */
const AT_ONCE = 4;

/**
 * Looks for orphans of all ended batches that Temporal still lists, newest first.
 *
 * @param client - the Temporal client
 * @param store - where results are kept
 * @param options - which batches, and how to look
 * @returns a row for each, with its own failure; `no-server`
 */
export async function sweepBatches(
  client: Client,
  store: ResultStore,
  { filter, order }: { readonly filter: SweepFilter; readonly order: SweepOrder },
): Promise<ServiceResult<SweptBatches>> {
  const list = await listBatches(client, store, { ...filter, isEnded: true });
  if (!list.ok) return list;
  // One that was refused at its door has no result, and has bought nothing.
  const keys = list.value.batches
    .filter(({ outcome }) => outcome !== null)
    .map(({ tenant, batchId }) => ({ tenant, batchId }));
  const batches = await mapAtOnce(keys, AT_ONCE, async (key) => ({
    key,
    report: await sweepBatch(client, key, order),
  }));
  return createSuccess({ batches, isCut: list.value.isCut });
}
