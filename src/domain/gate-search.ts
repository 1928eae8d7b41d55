import type { Gate, GateSearch } from './gate';
import type { ChunkPath, HomeChunk } from './home-chunk-state';

/**
 * The search of a closed gate for what is left of a quota or a stock: which part is tried next, and
 * what its outcome says. Parts are made by splitting paths in half, and used again by later searches.
 */

/** A path that waits at a gate. */
export interface Waiting {
  readonly home: HomeChunk;
  readonly path: ChunkPath;
}

/** The next move of a search. */
export type SearchMove =
  | ({ readonly do: 'try' } & Waiting)
  | ({ readonly do: 'split' } & Waiting)
  | { readonly do: 'end' };

/**
 * What a search does next: tries the largest part of at most half of what was refused, so that either
 * outcome halves what may be left, and splits the smallest path when none is that small.
 *
 * @param search - how far it is
 * @param waiting - the paths at the gate whose home chunks may send, in slot order
 */
export function decideSearch({ below }: GateSearch, waiting: readonly Waiting[]): SearchMove {
  const half = Math.floor(below / 2);
  // More may have gone through than was refused meanwhile: then nothing is known to be left.
  if (half < 1) return { do: 'end' };
  const parts = waiting.filter(({ path }) => path.count <= half);
  const part = pickBy(parts, (left, right) => right.path.count - left.path.count);
  if (part !== undefined) return { do: 'try', ...part };
  // Each has more slots than a half, so more than one.
  const smallest = pickProbe(waiting);
  return smallest === undefined ? { do: 'end' } : { do: 'split', ...smallest };
}

/** The smallest path that waits: the cheapest probe, and the first to fit. */
export function pickProbe(waiting: readonly Waiting[]): Waiting | undefined {
  return pickBy(waiting, (left, right) => left.path.count - right.path.count);
}

/** What is known after so many were refused. */
export function afterRefused(gate: Gate, count: number): Gate {
  const { search } = gate;
  if (search === null) return gate;
  return { ...gate, search: { ...search, below: Math.min(search.below, count) } };
}

/** What is known after a part went through: it has taken its share of what was left. */
export function afterFound(search: GateSearch): GateSearch {
  return { below: search.below - (search.trying ?? 0), trying: null };
}

/** The first of those that no other one comes before. */
function pickBy(
  waiting: readonly Waiting[],
  compare: (left: Waiting, right: Waiting) => number,
): Waiting | undefined {
  return [...waiting].sort(compare)[0];
}
