import type { FinishAnswer, FinishInput, OwnedPath } from '../contract/activity-types';
import { INLINE_INSTANCES_MAX, type ResultDocument, type ResultInstance } from '../domain/result';
import type { WaveInstance } from '../outbound/result-store';
import type { ActivityDependencies } from './dependencies';

/** Writes the final document and the list of instances; writing it again changes nothing. */
export function createFinish({ results }: ActivityDependencies) {
  return async (input: FinishInput): Promise<FinishAnswer> => {
    const { tenant, batchId, generation } = input.document;
    const known = await results.readInstances({ tenant, batchId, generation });
    const earlier = (await results.list({ tenant, batchId })).find(
      ({ document }) => document.firstRunId === input.document.firstRunId,
    );
    const instances = [...listInstances(input, known)];
    const document = withInstances(input.document, instances);
    const stored = await results.write(withRevision(document, earlier?.document), instances);
    return { document: stored.document, location: stored.location };
  };
}

function* listInstances(
  { owned, failed }: FinishInput,
  known: ReadonlyMap<string, WaveInstance>,
): Generator<ResultInstance> {
  const failedStatus = new Map(failed.map(({ id, status }) => [id, status]));
  for (const path of owned) {
    for (const [offset, id] of path.ids.entries()) {
      yield toInstance(path, offset, { id, status: failedStatus.get(id), wave: known.get(id) });
    }
  }
}

function toInstance(
  path: OwnedPath,
  offset: number,
  { id, status, wave }: { id: string; status: string | undefined; wave: WaveInstance | undefined },
): ResultInstance {
  return {
    slot: path.from + offset,
    group: path.group,
    id,
    name: path.name,
    region: path.region,
    zone: wave?.zone ?? '',
    state: status ?? 'ready',
    ...(wave?.endpoint == null ? {} : { endpoint: wave.endpoint }),
  };
}

function withInstances(
  document: ResultDocument,
  instances: readonly ResultInstance[],
): ResultDocument {
  return document.counts.slots <= INLINE_INSTANCES_MAX ? { ...document, instances } : document;
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
