import { countListed, type ResultDocument, type ResultInstance } from '../domain/result';
import type { ResultStore } from '../outbound/result-store';
import { formatKey } from './batch-run';
import type { FinishedBatch } from './read-result';
import { createFailure, createSuccess } from './service-result';
import type { ServiceResult } from './service-result';

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

/** What takes the list away must not take a part of it for the whole. */
async function* untilWhole(
  instances: AsyncIterable<ResultInstance>,
  document: ResultDocument,
): AsyncGenerator<ResultInstance> {
  let count = 0;
  for await (const instance of instances) {
    count += 1;
    yield instance;
  }
  const expected = countListed(document.counts);
  if (count >= expected) return;
  throw new Error(
    `The list of ${formatKey(document)} holds ${count} instances, and its document counts ` +
      `${expected}: the list was cut. Bring it back from a backup, or have "tairfleet reconcile" ` +
      'adopt what it lacks.',
  );
}

async function* iterate<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
