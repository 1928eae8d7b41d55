import { isClosed, type ChunkPath, type HomeChunk } from './home-chunk-state';
import type { PlacementBar } from './price-cap';
import { isPriceRefusal } from './price-cap';
import type { Refusal } from './refusal';
import { getGroup, type GroupState, type Shard } from './shard-state';

/**
 * Placements that a shard does not use. No path ever stands at one: those that begin there begin with
 * the next one, and a group without any other is stopped.
 */

/** Reasons that the refusal of a stopped group lists. */
const REASONS_MAX = 5;

/**
 * Bars placements, and no others.
 *
 * @param shard - what is in flight, in doubt or owned stays where it is
 * @param bars - of all groups of the batch
 */
export function withBars(shard: Shard, bars: readonly PlacementBar[]): Shard {
  const isBarred = shard.groups.some(({ barred }) => barred !== undefined);
  if (bars.length === 0 && !isBarred) return shard;
  const groups = shard.groups.map((state) => withGroupBars(state, bars));
  const barred: Shard = { ...shard, groups };
  const homes = shard.homes.map((home) => aroundBars(home, getGroup(barred, home.group)));
  return { ...barred, homes };
}

/** Why a group is stopped by its bars; null while it may go somewhere. */
export function toBarStop({ barred = [], placementCount }: GroupState): Refusal | null {
  const [first] = barred;
  if (first === undefined || barred.length < placementCount) return null;
  const reasons = barred.slice(0, REASONS_MAX).map(({ refusal }) => refusal.message);
  return { ...first.refusal, message: reasons.join('; ') };
}

/** Ranks of a group's barred placements. */
export function listBarred({ barred = [] }: GroupState): readonly number[] {
  return barred.map(({ placement }) => placement);
}

function withGroupBars(state: GroupState, bars: readonly PlacementBar[]): GroupState {
  const own = bars.filter(({ group }) => group === state.group);
  const next: GroupState = { ...state, barred: own };
  const isStoppedOtherwise = state.stopped !== null && !isPriceRefusal(state.stopped);
  return { ...next, stopped: isStoppedOtherwise ? state.stopped : toBarStop(next) };
}

/** The token of a path in doubt is repeated first (rule R10), so such a home chunk stays as it is. */
function aroundBars(home: HomeChunk, group: GroupState): HomeChunk {
  const firstPlacement = toAllowed(home.firstPlacement, group);
  if (home.wasOpen || firstPlacement === null) return home;
  const paths = home.paths.map((path): ChunkPath => {
    if (!isClosed(path) || path.rounds > 0) return path;
    return { ...path, placement: toAllowed(path.placement, group) ?? path.placement };
  });
  return { ...home, firstPlacement, paths };
}

/** This placement, or the next one that is not barred; null when all are. */
function toAllowed(placement: number, group: GroupState): number | null {
  const barred = listBarred(group);
  for (let step = 0; step < group.placementCount; step += 1) {
    const next = (placement + step) % group.placementCount;
    if (!barred.includes(next)) return next;
  }
  return null;
}
