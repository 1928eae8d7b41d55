import type { BatchKey } from '../outbound/result-store';
import { mapAtOnce } from '../service/at-once';
import { gatherSelected, toSelected } from '../service/batch-selection';
import type { BatchSelection, SelectedBatches, SelectionLook } from '../service/batch-selection';
import type { BatchList, ListedBatch } from '../service/list-batches';
import type { ListFilter, OpenPhase } from '../service/list-filter';
import { createSuccess } from '../service/service-result';
import type { ServiceFailure, ServiceResult } from '../service/service-result';
import type { ApiConnection } from './api-connection';
import { readRemoteStatus } from './remote-batch';

/** Most rows of a page. */
const PAGE_MAX = 1_000;

/** Looks of a selection under way at once. */
const ASKED_AT_ONCE = 8;

/**
 * Lists batches.
 *
 * @param api - the server
 * @param filter - which; what only those next to Temporal ask for does not count
 */
export async function listRemote(
  api: ApiConnection,
  { tenant, phase, needsOperator, limit }: ListFilter,
): Promise<ServiceResult<BatchList>> {
  const page = await readPage(api, {
    limit,
    ...(tenant === undefined ? {} : { tenant }),
    ...(phase === undefined ? {} : { phase }),
    ...(needsOperator === true ? { needsOperator: 'true' } : {}),
  });
  if (!page.ok) return page;
  return createSuccess({ batches: page.value.batches, isCut: page.value.cursor !== null });
}

/**
 * Finds the open batches that one order is meant for: each is asked itself, as next to Temporal.
 *
 * @param api - the server
 * @param selection - which; not by region, which the API does not tell
 */
export async function selectRemote(
  api: ApiConnection,
  selection: BatchSelection,
): Promise<ServiceResult<SelectedBatches>> {
  try {
    return await gatherSelected(lookAtOpen(api, selection), selection.limit);
  } catch (error) {
    if (error instanceof ListFailure) return error.failure;
    throw error;
  }
}

/** Ends the walk through the pages; it is caught where the walk began. */
class ListFailure extends Error {
  constructor(readonly failure: ServiceFailure) {
    super(failure.message);
  }
}

async function* lookAtOpen(
  api: ApiConnection,
  selection: BatchSelection,
): AsyncGenerator<readonly SelectionLook[]> {
  const { tenant } = selection;
  const asked = { limit: PAGE_MAX, ...(tenant === undefined ? {} : { tenant }) };
  let cursor: string | null = null;
  do {
    const page: ServiceResult<Page> = await readPage(api, {
      ...asked,
      ...(cursor === null ? {} : { cursor }),
    });
    if (!page.ok) throw new ListFailure(page);
    const open = page.value.batches.filter(({ status }) => status === 'running');
    for (let at = 0; at < open.length; at += ASKED_AT_ONCE) {
      const some = open.slice(at, at + ASKED_AT_ONCE);
      yield await mapAtOnce(some, ASKED_AT_ONCE, (row) => look(api, row, selection));
    }
    // Open ones come first: where one has ended, no open one follows.
    cursor = open.length < page.value.batches.length ? null : page.value.cursor;
  } while (cursor !== null);
}

async function look(
  api: ApiConnection,
  { tenant, batchId }: BatchKey,
  selection: BatchSelection,
): Promise<SelectionLook> {
  const key = { tenant, batchId };
  const status = await readRemoteStatus(api, key);
  if (!status.ok && status.code === 'not-found') return null;
  if (!status.ok) return { kind: 'unanswered', batch: { ...key, failure: status } };
  const { progress, gap } = status.value;
  if (progress === null) {
    return gap === null ? null : { kind: 'unanswered', batch: { ...key, failure: gap } };
  }
  const batch = toSelected(key, progress, selection);
  return batch === null ? null : { kind: 'selected', batch };
}

interface Page {
  readonly batches: readonly ListedBatch[];
  readonly cursor: string | null;
}

async function readPage(
  api: ApiConnection,
  query: {
    readonly limit: number;
    readonly tenant?: string;
    readonly phase?: OpenPhase;
    readonly needsOperator?: 'true';
    readonly cursor?: string;
  },
): Promise<ServiceResult<Page>> {
  const page = await api.send((client) => client.GET('/v1/batches', { params: { query } }));
  if (!page.ok) return page;
  const batches = page.value.batches.map(({ startedAt, endedAt, ...row }) => ({
    ...row,
    startedAtMs: Date.parse(startedAt),
    endedAtMs: endedAt === null ? null : Date.parse(endedAt),
  }));
  return createSuccess({ batches, cursor: page.value.cursor });
}
