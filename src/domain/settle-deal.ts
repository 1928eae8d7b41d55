import {
  createPath,
  isUnfinished,
  listIgnoredIds,
  type ChunkPath,
  type HomeChunk,
} from './home-chunk-state';
import type { Proof } from './proof';

/** An instance that a settle found by its name. */
export interface FoundInstance {
  readonly id: string;
  /** Whether it can still become or stay ready. */
  readonly isHealthy: boolean;
  /** Whether it fits a placement of the slot; else it is foreign (rule R8). */
  readonly isOurs: boolean;
}

/** What a deal leaves of a home chunk. */
export interface Deal {
  readonly paths: readonly ChunkPath[];
  /** Names of paths that got all their ids just now. */
  readonly owned: readonly string[];
  /** Unfinished paths that were settling and got nothing. */
  readonly empty: readonly string[];
  readonly hasForeign: boolean;
}

/**
 * Deals what a settle found to all unfinished paths of the home chunk in slot order, healthy ones
 * first (rule R5). All of these get the proof, unless an instance is left over: then nobody has it, and
 * a path that still opens settles again. That holds for a failed one too: a replacement's look-up
 * would take it for its own while the one it has just bought is still invisible.
 */
export function dealFound(home: HomeChunk, found: readonly FoundInstance[], proof: Proof): Deal {
  const ignored = new Set(listIgnoredIds(home));
  const fresh = found.filter((instance) => !ignored.has(instance.id));
  const ours = fresh.filter((instance) => instance.isOurs);
  const pool = [
    ...ours.filter((instance) => instance.isHealthy),
    ...ours.filter((instance) => !instance.isHealthy),
  ];
  const dealt = [...home.paths]
    .sort(bySlot)
    .map((path) => (isUnfinished(path) ? dealToPath(home, path, pool) : { paths: [path] }));
  const given = pool.length > 0 ? null : proof;
  return {
    paths: dealt.flatMap(({ paths }) => paths).map((path) => withProof(path, given, home)),
    owned: dealt.flatMap(({ owned }) => (owned === undefined ? [] : [owned])),
    empty: dealt.flatMap(({ empty }) => (empty === undefined ? [] : [empty])),
    hasForeign: fresh.some((instance) => !instance.isOurs),
  };
}

interface PathDeal {
  readonly paths: readonly ChunkPath[];
  readonly owned?: string;
  readonly empty?: string;
}

function dealToPath(home: HomeChunk, path: ChunkPath, pool: FoundInstance[]): PathDeal {
  const ids = pool.splice(0, path.count).map((instance) => instance.id);
  if (ids.length === 0)
    return path.phase === 'settling' ? { paths: [path], empty: path.name } : { paths: [path] };
  if (ids.length === path.count) {
    return { paths: [toOwned(path, ids)], owned: path.name };
  }
  const part = toOwned(
    createPath(home.groupName, {
      from: path.from,
      count: ids.length,
      replacement: path.replacement,
      placement: path.placement,
      proof: path.proof,
    }),
    ids,
  );
  return { paths: [part, toRest(home, path, ids.length)], owned: part.name };
}

/** The slots that a partial find left open: a new path, closed, as the old one was or planned. */
function toRest(home: HomeChunk, path: ChunkPath, taken: number): ChunkPath {
  const wasSettling = path.phase === 'settling';
  return createPath(home.groupName, {
    from: path.from + taken,
    count: path.count - taken,
    replacement: path.replacement,
    placement: path.placement,
    phase: wasSettling ? 'planned' : path.phase,
    refusal: wasSettling ? null : path.refusal,
    isToSkip: path.isToSkip,
    proof: path.proof,
  });
}

function toOwned(path: ChunkPath, ids: readonly string[]): ChunkPath {
  return { ...path, phase: 'owned', ids, refusal: null, isToSkip: false };
}

/** Only the paths that were dealt to get the proof; owned slots keep theirs (rule R2). */
function withProof(path: ChunkPath, proof: Proof | null, home: HomeChunk): ChunkPath {
  const wasOwned = home.paths.some((before) => before.name === path.name && !isUnfinished(before));
  return wasOwned ? path : { ...path, proof };
}

function bySlot(left: ChunkPath, right: ChunkPath): number {
  return left.from - right.from || left.replacement - right.replacement;
}
