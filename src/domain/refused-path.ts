import type { HomeCommand } from './home-event';
import type { ChunkPath } from './home-chunk-state';
import type { Refusal } from './refusal';

/** A path after a definitive refusal, and what follows for others. */
export interface RefusedPath {
  readonly path: ChunkPath;
  readonly commands: readonly HomeCommand[];
}

/**
 * What a definitive refusal does to a path: always the next epoch, since the service may remember a
 * failure under the old token; then the next placement, the gate, or a person (docs/errors.md).
 *
 * @param path - the path as it was refused, with the proof it now has
 * @param refusal - why
 * @param placementCount - how many placements the group has, at least 1
 */
export function toRefused(path: ChunkPath, refusal: Refusal, placementCount: number): RefusedPath {
  const moved: ChunkPath = { ...path, epoch: path.epoch + 1, rounds: 0, settles: 0, refusal };
  const planned: ChunkPath = { ...moved, phase: 'planned' };
  const parked: ChunkPath = { ...moved, phase: 'parked' };
  switch (refusal.class) {
    case 'spent':
    case 'transient':
    case 'throttled':
      return { path: { ...planned, refusal: null }, commands: [] };
    case 'quota':
      return atGate(moved);
    case 'capacity': {
      const next = path.placement + 1;
      return next < placementCount
        ? { path: { ...planned, placement: next, refusal: null }, commands: [] }
        : atGate({ ...moved, placement: 0 });
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

function atGate(path: ChunkPath): RefusedPath {
  const refusal = path.refusal;
  return {
    path: { ...path, phase: 'gated' },
    commands: refusal === null ? [] : [{ type: 'gated', path: path.name, refusal }],
  };
}
