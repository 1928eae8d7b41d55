import type { ResultDocument, ResultInstance } from '../domain/result';
import { InstanceTally, reviseResult, type ResultRevision } from '../domain/revise-result';
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

/**
 * Writes a revision that leaves the list of instances as it is.
 *
 * @param results - where to
 * @param document - the latest revision
 * @param revision - what has changed
 */
export async function writeListedRevision(
  results: ResultStore,
  document: ResultDocument,
  revision: ResultRevision,
): Promise<StoredResult> {
  const list = (): AsyncIterable<ResultInstance> => results.streamInstances(document);
  const tally = new InstanceTally();
  for await (const instance of list()) tally.add(instance);
  return writeRevision(results, reviseResult(document, tally, revision), list);
}
