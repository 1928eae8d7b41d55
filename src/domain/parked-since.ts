import type { ChunkPath, HomeChunk } from './home-chunk-state';
import type { Refusal } from './refusal';

/** A path that has just been parked. */
type NewlyParked = ChunkPath & { readonly refusal: Refusal };

/**
 * Notes since when its parked paths wait, for the people who read it: nothing is decided by it. A
 * path that is refused again has a new refusal, and so a new moment.
 *
 * @param home - after an event
 * @param nowMs - wall clock, ms since the epoch
 */
export function withParkedSince(home: HomeChunk, nowMs: number): HomeChunk {
  if (!home.paths.some(isNewlyParked)) return home;
  const paths = home.paths.map((path) =>
    isNewlyParked(path) ? { ...path, refusal: { ...path.refusal, parkedAtMs: nowMs } } : path,
  );
  return { ...home, paths };
}

function isNewlyParked(path: ChunkPath): path is NewlyParked {
  return path.phase === 'parked' && path.refusal !== null && path.refusal.parkedAtMs === undefined;
}
