import type { FinishAnswer, FinishInput } from '../contract/activity-types';
import { INLINE_INSTANCES_MAX, type ResultDocument, type ResultInstance } from '../domain/result';
import type { ResultStore } from '../outbound/result-store';
import type { ActivityDependencies } from './dependencies';

/**
 * Writes the final document and, out of the shards' lists, the list of instances, which is never held
 * as a whole. Writing it again changes nothing.
 */
export function createFinish({ results }: ActivityDependencies) {
  return async (input: FinishInput): Promise<FinishAnswer> => {
    const { tenant, batchId } = input.document;
    const earlier = (await results.list({ tenant, batchId })).find(
      ({ document }) => document.firstRunId === input.document.firstRunId,
    );
    const document = await withInstances(results, input);
    const stored = await results.write(
      withRevision(document, earlier?.document),
      streamInstances(results, input),
    );
    return { document: stored.document, location: stored.location };
  };
}

async function* streamInstances(
  results: ResultStore,
  { document, shards }: FinishInput,
): AsyncGenerator<ResultInstance> {
  const { tenant, batchId, generation } = document;
  for (const shard of shards) {
    yield* results.streamShard({ tenant, batchId, generation, shard });
  }
}

async function withInstances(results: ResultStore, input: FinishInput): Promise<ResultDocument> {
  const { document } = input;
  if (document.counts.slots > INLINE_INSTANCES_MAX) return document;
  const instances: ResultInstance[] = [];
  for await (const instance of streamInstances(results, input)) instances.push(instance);
  return { ...document, instances };
}

/** A reset after the end writes a revision; the same content again stays the same document. */
function withRevision(
  document: ResultDocument,
  earlier: ResultDocument | undefined,
): ResultDocument {
  if (earlier === undefined) return document;
  const isSame = JSON.stringify(toComparable(document)) === JSON.stringify(toComparable(earlier));
  return { ...document, revision: isSame ? earlier.revision : earlier.revision + 1 };
}

function toComparable(document: ResultDocument): object {
  return { ...document, revision: 0, instancesUrl: undefined };
}
