import type { HomeEvent } from './home-event';
import type { Refusal } from './refusal';
import { toNextPlacement } from './refused-path';
import { getGroup, getHome, type GroupState, type PathPlace, type Shard } from './shard-state';

/**
 * The memory of a group for placements without capacity, so that not every chunk has to find out by a
 * call of its own. It only ever saves calls: a probe of a gate does not heed it.
 */

/** Remembers that a placement had no capacity. */
export function withSoldOut(
  group: GroupState,
  placement: number,
  { refusal, untilMs }: { readonly refusal: Refusal; readonly untilMs: number },
): GroupState {
  return {
    ...withStock(group, placement),
    soldOut: [...withStock(group, placement).soldOut, { placement, untilMs, refusal }],
  };
}

/** Forgets a placement: something was bought there. */
export function withStock(group: GroupState, placement: number): GroupState {
  const soldOut = group.soldOut.filter((each) => each.placement !== placement);
  return soldOut.length === group.soldOut.length ? group : { ...group, soldOut };
}

/** Placements that a path passes over; none for the probe of a gate. */
export function listSoldOut(
  shard: Shard,
  { group, place }: { readonly group: number; readonly place: PathPlace | null },
  nowMs: number,
): readonly number[] {
  if (place !== null && isProbe(shard, place)) return [];
  return getGroup(shard, group)
    .soldOut.filter(({ untilMs }) => untilMs > nowMs)
    .map(({ placement }) => placement);
}

/**
 * How a path that is about to be sent gets around a placement that is sold out; null when it need not,
 * or must not: after any doubt the frozen token is repeated first (rule R10), and after a round that
 * was not executed too.
 */
export function toDetour(shard: Shard, place: PathPlace, nowMs: number): HomeEvent | null {
  const home = getHome(shard, place.home);
  const path = home.paths.find(({ name }) => name === place.path);
  if (path === undefined || home.wasOpen || path.rounds > 0) return null;
  const group = getGroup(shard, home.group);
  const soldOut = listSoldOut(shard, { group: home.group, place }, nowMs);
  const known = group.soldOut.find(({ placement }) => placement === path.placement);
  if (known === undefined || !soldOut.includes(path.placement)) return null;
  const { placementCount } = group;
  const { firstPlacement } = home;
  const placement = toNextPlacement(path.placement, { placementCount, firstPlacement, soldOut });
  return { type: 'passOver', path: path.name, placement, refusal: known.refusal };
}

function isProbe({ gates }: Shard, { home, path }: PathPlace): boolean {
  return gates.some(({ probe }) => probe?.home === home && probe.path === path);
}
