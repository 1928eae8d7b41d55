import type { BatchRequest } from './batch-request';
import { splitByPlacement } from './plan';

/**
 * How many slots of a group begin with each of its placements.
 *
 * @param request - the checked request
 * @param group - index of the group
 * @returns one number for each placement, 0 for those that only follow
 */
export function listFirstSlots(
  { groups }: Pick<BatchRequest, 'groups'>,
  group: number,
): readonly number[] {
  const { count, placements } = groups[group]!;
  const parts = splitByPlacement({ groups }, { group, from: 0, count });
  return placements.map((_placement, index) =>
    parts
      .filter(({ firstPlacement }) => firstPlacement === index)
      .reduce((sum, part) => sum + part.count, 0),
  );
}

/** How many slots of all groups begin in each vSwitch. */
export function countDemand(request: Pick<BatchRequest, 'groups'>): ReadonlyMap<string, number> {
  const demand = new Map<string, number>();
  for (const [index, { placements }] of request.groups.entries()) {
    const slots = listFirstSlots(request, index);
    for (const [rank, { vSwitchId }] of placements.entries()) {
      demand.set(vSwitchId, (demand.get(vSwitchId) ?? 0) + (slots[rank] ?? 0));
    }
  }
  return demand;
}
