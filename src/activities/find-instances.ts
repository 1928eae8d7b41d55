import type { CloudPort, SeenInstance } from '../cloud/port';
import type { CallCounter } from './call-counter';
import { toLookUpFailure } from './failures';

/** Which ids, and where. */
export interface IdSearch {
  readonly account: string;
  readonly region: string;
  /** At most 30, as one call takes (DescribeInstances page, 2025). */
  readonly ids: readonly string[];
  readonly signal?: AbortSignal;
}

/** Every engine: a result does not say which one an instance has, and a look shows one of them only. */
export const ENGINES = ['Redis', 'Memcache'] as const;

/**
 * Looks for instances by id, whatever their engine.
 *
 * @returns those that exist, by id
 * @throws a retryable failure when a look cannot be made
 */
export async function findInstances(
  cloud: CloudPort,
  search: IdSearch,
  calls: CallCounter,
): Promise<ReadonlyMap<string, SeenInstance>> {
  const found = new Map<string, SeenInstance>();
  for (const engine of ENGINES) {
    const ids = search.ids.filter((id) => !found.has(id));
    if (ids.length === 0) break;
    const answer = await cloud.describeInstances({ ...search, ids, engine });
    calls.add('DescribeInstances', answer.calls);
    if (answer.kind === 'failed') throw toLookUpFailure(`the look in ${search.region}`, answer);
    for (const instance of answer.value) found.set(instance.id, instance);
  }
  return found;
}
