import type { OwnedPath, StoreShardInput } from '../contract/activity-types';
import type { ResultInstance } from '../domain/result';
import type { WaveInstance } from '../outbound/result-store';
import type { ActivityDependencies } from './dependencies';

/** Writes the list of a shard's instances to the result store; writing it again changes nothing. */
export function createStoreShard({ results }: ActivityDependencies) {
  return async (input: StoreShardInput): Promise<void> => {
    const { tenant, batchId, generation, shard } = input;
    const key = { tenant, batchId, generation, shard };
    const known = await results.readInstances(key);
    await results.writeShard(key, listInstances(input, known));
  };
}

function* listInstances(
  { owned, failed }: StoreShardInput,
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
