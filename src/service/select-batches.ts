import type { Client } from '@temporalio/client';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { BatchKey } from '../outbound/result-store';
import { gatherSelected, toSelected } from './batch-selection';
import type { BatchSelection, SelectedBatches, SelectionLook } from './batch-selection';
import { describeRun, readSubmittedDocument } from './batch-run';
import { listPieces } from './list-batches';
import { readProgress } from './read-progress';
import { createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import { toServiceFailure } from './temporal-failure';

/**
 * Finds the open batches that one order is meant for, newest first. Each batch is asked itself: the
 * search attributes lag, and do not say why it waits.
 *
 * @param client - the Temporal client
 * @param selection - which
 * @returns what was found; `no-worker`, `no-server`
 */
export async function selectBatches(
  client: Client,
  selection: BatchSelection,
): Promise<ServiceResult<SelectedBatches>> {
  try {
    return await gatherSelected(lookAtOpen(client, selection), selection.limit);
  } catch (error) {
    return toServiceFailure(error, 'find the batches');
  }
}

async function* lookAtOpen(
  client: Client,
  selection: BatchSelection,
): AsyncGenerator<readonly SelectionLook[]> {
  const { tenant } = selection;
  const filter = { isOpen: true, ...(tenant === undefined ? {} : { tenant }) } as const;
  for await (const piece of listPieces(client, filter)) {
    yield await Promise.all(piece.map(({ key }) => look(client, key, selection)));
  }
}

async function look(
  client: Client,
  key: BatchKey,
  selection: BatchSelection,
): Promise<SelectionLook> {
  const progress = await readProgress(client, key);
  // One that has ended meanwhile is not open any more.
  if (!progress.ok && progress.code === 'not-found') return null;
  if (!progress.ok) return { kind: 'unanswered', batch: { ...key, failure: progress } };
  const batch = toSelected(key, progress.value, selection);
  if (batch === null) return null;
  if (selection.region === undefined) return { kind: 'selected', batch };
  const regions = await readRegions(client, key);
  if (!regions.ok) return { kind: 'unanswered', batch: { ...key, failure: regions } };
  return regions.value.includes(selection.region) ? { kind: 'selected', batch } : null;
}

/** Where a batch buys, by the request that its run was started with. */
async function readRegions(client: Client, key: BatchKey): Promise<ServiceResult<string[]>> {
  const run = await describeRun(client, key);
  if (!run.ok) return run;
  const document = await readSubmittedDocument(client, run.value);
  if (!document.ok) return document;
  const checked = checkBatchRequest(document.value, { fallbackBatchId: key.batchId });
  if (!checked.ok) return createSuccess([]);
  const { groups } = checked.request;
  return createSuccess(groups.flatMap(({ placements }) => placements.map(({ region }) => region)));
}
