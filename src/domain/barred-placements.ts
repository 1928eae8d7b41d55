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
  return leaveBarred({ ...shard, groups });
}

/** Leads what may go elsewhere away from barred placements, whatever brought it there. */
export function leaveBarred(shard: Shard): Shard {
  if (!shard.groups.some(({ barred = [] }) => barred.length > 0)) return shard;
  const homes = shard.homes.map((home) => aroundBars(home, getGroup(shard, home.group)));
  return { ...shard, homes };
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

/** Gives back the same home chunk when nothing of it stands at a barred placement. */
function aroundBars(home: HomeChunk, group: GroupState): HomeChunk {
  const firstPlacement = toAllowed(home.firstPlacement, group);
  if (firstPlacement === null) return home;
  const paths = home.paths.map((path) => aroundBar(path, group));
  const isMoved =
    firstPlacement !== home.firstPlacement || paths.some((path, at) => path !== home.paths[at]);
  return isMoved ? { ...home, firstPlacement, paths } : home;
}

/** After a round that was not executed, or a settle that found nothing, the token is repeated (rule R10). */
function aroundBar(path: ChunkPath, group: GroupState): ChunkPath {
  if (!isClosed(path) || path.rounds > 0 || path.settles > 0) return path;
  const placement = toAllowed(path.placement, group) ?? path.placement;
  return placement === path.placement ? path : { ...path, placement };
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
