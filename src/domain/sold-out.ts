import { AddressRoom } from './address-pools';
import { listBarred } from './barred-placements';
import type { ChunkPath } from './home-chunk-state';
import type { HomeEvent } from './home-event';
import type { Refusal } from './refusal';
import { toNextPlacement } from './refused-path';
import { getGroup, getHome, type GroupState, type PathPlace, type Shard } from './shard-state';

/**
 * What is known of placements without capacity, so that not every chunk has to find out by a call of its
 * own: the memory of a group, and the free addresses of vSwitches. It only ever saves calls: a probe of
 * a gate does not heed it.
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

/** Placements that a path passes over; for the probe of a gate only those that are barred. */
export function listPassedOver(
  shard: Shard,
  { group, place }: { readonly group: number; readonly place: PathPlace | null },
  nowMs: number,
): readonly number[] {
  const state = getGroup(shard, group);
  const barred = listBarred(state);
  if (place !== null && isProbe(shard, place)) return barred;
  const soldOut = state.soldOut.filter(({ untilMs }) => untilMs > nowMs);
  return [
    ...barred,
    ...soldOut.map(({ placement }) => placement),
    ...new AddressRoom(shard, nowMs).listFull(group),
  ];
}

/** Whether anything is known that could lead a path around a placement. */
export function isCapacityKnown({ groups, pools = [] }: Shard): boolean {
  return pools.length > 0 || groups.some(({ soldOut }) => soldOut.length > 0);
}

/**
 * How a path that is about to be sent gets around a placement that is sold out, or has addresses for
 * only a part of it; null when it need not, or must not: after any doubt the frozen token is repeated
 * first (rule R10), and after a round that was not executed too.
 *
 * @param shard - as it is
 * @param place - the path
 * @param options - `room` loses what the path will take
 */
export function toDetour(
  shard: Shard,
  place: PathPlace,
  { nowMs, room }: { readonly nowMs: number; readonly room: AddressRoom },
): HomeEvent | null {
  const home = getHome(shard, place.home);
  const path = home.paths.find(({ name }) => name === place.path);
  if (path === undefined) return null;
  const at = { group: home.group, placement: path.placement };
  const isFrozen = home.wasOpen || path.rounds > 0 || isProbe(shard, place);
  const known = isFrozen ? undefined : findSoldOut(shard, at, nowMs);
  const free = isFrozen ? Infinity : room.countAt(at);
  if (known !== undefined || free <= 0) {
    return passOver(shard, place, { path, refusal: known ?? room.toRefusal(at), nowMs });
  }
  room.take(at, Math.min(free, path.count));
  return free < path.count ? { type: 'split', path: path.name, firstCount: free } : null;
}

function passOver(
  shard: Shard,
  place: PathPlace,
  { path, refusal, nowMs }: { path: ChunkPath; refusal: Refusal; nowMs: number },
): HomeEvent {
  const { group, firstPlacement } = getHome(shard, place.home);
  const { placementCount } = getGroup(shard, group);
  const soldOut = listPassedOver(shard, { group, place }, nowMs);
  const placement = toNextPlacement(path.placement, { placementCount, firstPlacement, soldOut });
  return { type: 'passOver', path: path.name, placement, refusal };
}

function findSoldOut(
  shard: Shard,
  { group, placement }: { readonly group: number; readonly placement: number },
  nowMs: number,
): Refusal | undefined {
  return getGroup(shard, group).soldOut.find(
    (each) => each.placement === placement && each.untilMs > nowMs,
  )?.refusal;
}

function isProbe({ gates }: Shard, { home, path }: PathPlace): boolean {
  return gates.some(({ probe }) => probe?.home === home && probe.path === path);
}
