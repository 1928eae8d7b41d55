import type { ResultInstance } from '../domain/result';
import type { ResultStore } from '../outbound/result-store';
import { formatKey } from './batch-run';
import type { FinishedBatch } from './read-result';
import { createFailure, createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import { untilWhole } from './whole-list';

/**
 * Opens the list of instances of a final document: from the result store, or from the document
 * itself when it is small and the store does not have it.
 *
 * @param store - where results are kept
 * @param finished - the document
 * @returns the instances one by one; `not-found` when the store of this host has no list
 */
export function openInstances(
  store: ResultStore,
  { document, instancesLocation }: FinishedBatch,
): ServiceResult<AsyncIterable<ResultInstance>> {
  if (instancesLocation !== null)
    return createSuccess(untilWhole(store.streamInstances(document), document));
  if (document.instances !== undefined) return createSuccess(iterate(document.instances));
  return createFailure(
    'not-found',
    `The result store here does not hold the instances of ${formatKey(document)}; they lie at ` +
      `${document.instancesUrl ?? 'the store of the worker'}. Set results.folder ` +
      '(TAIRFLEET_RESULTS_FOLDER) to the folder that the worker writes to.',
  );
}

async function* iterate<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
