import type { ResultDocument, ResultInstance } from '../domain/result';
import type { ResultStore, StoredResult } from '../outbound/result-store';

/**
 * Writes a revised document with its list of instances, and keeps them in step where the document
 * holds the list itself.
 *
 * @param results - where to
 * @param document - the next revision
 * @param list - gives the instances, each time from the start
 */
export async function writeRevision(
  results: ResultStore,
  document: ResultDocument,
  list: () => AsyncIterable<ResultInstance>,
): Promise<StoredResult> {
  if (document.instances === undefined) return results.write(document, list());
  const instances: ResultInstance[] = [];
  for await (const instance of list()) instances.push(instance);
  return results.write({ ...document, instances }, instances);
}
