import type { HomeCommand, HomeRules } from './home-event';
import type { ChunkPath } from './home-chunk-state';
import type { Refusal } from './refusal';

/** A path after a definitive refusal, and what follows for others. */
export interface RefusedPath {
  readonly path: ChunkPath;
  readonly commands: readonly HomeCommand[];
}

/**
 * What a definitive refusal does to a path: the next epoch, since the service may remember a failure
 * under the old token; then the next placement, the gate, or a person (docs/errors.md). What we did
 * not send ourselves the service cannot remember: there the token stays.
 *
 * @param path - the path as it was refused, with the proof it now has
 * @param refusal - why
 * @param places - the placements of its group
 */
export function toRefused(
  path: ChunkPath,
  refusal: Refusal,
  places: Pick<HomeRules, 'placementCount' | 'firstPlacement' | 'soldOut'>,
): RefusedPath {
  const moved: ChunkPath = { ...path, epoch: path.epoch + 1, rounds: 0, settles: 0, refusal };
  const planned: ChunkPath = { ...moved, phase: 'planned' };
  const parked: ChunkPath = { ...moved, phase: 'parked' };
  switch (refusal.class) {
    case 'spent':
    case 'transient':
    case 'throttled':
      return { path: { ...planned, refusal: null }, commands: [] };
    case 'quota':
      return atGate(moved, refusal);
    case 'notSent':
      return atGate({ ...moved, epoch: path.epoch }, refusal);
    case 'capacity': {
      const soldOut: HomeCommand = { type: 'soldOut', placement: path.placement, refusal };
      const next = toNextPlacement(path.placement, places);
      const after =
        next === null
          ? atGate({ ...moved, placement: places.firstPlacement }, refusal)
          : { path: { ...planned, placement: next, refusal: null }, commands: [] };
      return { ...after, commands: [soldOut, ...after.commands] };
    }
    case 'invalid':
      return { path: parked, commands: [{ type: 'stopGroup', refusal }] };
    case 'denied':
    case 'account':
      return { path: parked, commands: [{ type: 'hold', refusal }] };
    case 'ambiguous':
    case 'conflict':
    case 'foreign':
    case 'awaitingPayment':
    case 'unknown':
      return { path: parked, commands: [] };
  }
}

/** The placement after this one that may have capacity; null when there is none before the first. */
export function toNextPlacement(
  placement: number,
  {
    placementCount,
    firstPlacement,
    soldOut,
  }: Pick<HomeRules, 'placementCount' | 'firstPlacement' | 'soldOut'>,
): number | null {
  for (
    let next = (placement + 1) % placementCount;
    next !== firstPlacement;
    next = (next + 1) % placementCount
  ) {
    if (!soldOut.includes(next)) return next;
  }
  return null;
}

function atGate(path: ChunkPath, refusal: Refusal): RefusedPath {
  return {
    path: { ...path, phase: 'gated' },
    commands: [{ type: 'gated', count: path.count, refusal }],
  };
}
