import type { CloudPort, SeenInstance } from '../cloud/port';
import type { SearchPlace } from '../contract/activity-types';
import type { CallCounter } from './call-counter';
import { toLookUpFailure } from './failures';

/** Which instances: those of one batch or shard, wherever its groups may be. */
export interface BatchSearch {
  readonly account: string;
  readonly nameTag: string;
  readonly places: readonly SearchPlace[];
}

/**
 * Counts all instances that bear the tag in their name: one call a place.
 *
 * @throws a retryable failure when a look cannot be made
 */
export async function countBatch(
  cloud: CloudPort,
  { account, nameTag, places }: BatchSearch,
  calls: CallCounter,
): Promise<number> {
  let count = 0;
  for (const { region, engine } of places) {
    const answer = await cloud.countInstances({ account, region, engine, nameTag });
    calls.add('DescribeInstances', answer.calls);
    if (answer.kind === 'failed') throw toLookUpFailure(`the count in ${region}`, answer);
    count += answer.value;
  }
  return count;
}

/**
 * Lists all instances that bear the tag in their name.
 *
 * @throws a retryable failure when a look cannot be made
 */
export async function listBatch(
  cloud: CloudPort,
  { account, nameTag, places }: BatchSearch,
  calls: CallCounter,
): Promise<readonly SeenInstance[]> {
  const seen: SeenInstance[] = [];
  for (const { region, engine } of places) {
    const answer = await cloud.searchInstances({ account, region, engine, nameTag });
    calls.add('DescribeInstances', answer.calls);
    if (answer.kind === 'failed') throw toLookUpFailure(`the look in ${region}`, answer);
    seen.push(...answer.value);
  }
  return seen;
}
