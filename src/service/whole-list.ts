import { countListed, type ResultDocument, type ResultInstance } from '../domain/result';

/**
 * Passes a list of instances on, since what takes it away must not take a part of it for the whole.
 *
 * @param instances - the list
 * @param document - the document that counts them
 * @throws Error when it ends before it is whole
 */
export async function* untilWhole(
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
  const { tenant, batchId } = document;
  throw new Error(
    `The list of ${tenant}/${batchId} holds ${count} instances, and its document counts ` +
      `${expected}: the list was cut. Bring it back from a backup, or have "tairfleet reconcile" ` +
      'adopt what it lacks.',
  );
}
