import { toMatches } from '../contract/instance-match';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { planHomeChunks, planShards } from '../domain/plan';
import { hashRequest } from '../domain/request-hash';
import type { PlannedHome } from './compare-instances';

/**
 * The home chunks of an ended batch by the name of their instances.
 *
 * @param submitted - the request as it was submitted, or anything else
 * @param frozen - the plan of the result
 * @returns null when it is not the request that the plan was made for
 */
export function listPlannedHomes(
  submitted: unknown,
  frozen: FrozenPlan,
  batchId: string,
): ReadonlyMap<string, PlannedHome> | null {
  const checked = checkBatchRequest(submitted, { fallbackBatchId: batchId });
  if (!checked.ok || hashRequest(checked.request) !== frozen.requestHash) return null;
  const { request } = checked;
  const homes = planShards(request, frozen).flatMap((shard) =>
    planHomeChunks(request, frozen, shard),
  );
  return new Map(
    homes.map(({ name, group, groupName, from, count }) => {
      const owner = request.groups[group];
      const matches = owner === undefined ? [] : toMatches(owner);
      return [name, { group: groupName, from, count, matches }];
    }),
  );
}
