import type { ChunkPath, HomeChunk } from './home-chunk-state';

/**
 * What must hold in every state, whatever has happened: named once, and used both by the simulator
 * and as assertions in production.
 */
export type InvariantName =
  /** An instance stands for one slot. */
  | 'one-owner'
  /** A path owns as many instances as it has slots, or none. */
  | 'full-path'
  /** Every slot of a home chunk belongs to exactly one path that still counts. */
  | 'slots-covered-once'
  /** The service would refuse it, or worse, answer for the other body (rule R1). */
  | 'one-body-per-token';

/** A broken invariant, and where. */
export interface Violation {
  readonly invariant: InvariantName;
  /** What is wrong with what, as a clause. */
  readonly detail: string;
}

/** A call that was sent, as far as its token matters. */
export interface SentToken {
  readonly token: string;
  readonly bodyHash: string;
}

/** Everything that is wrong with the ownership of these home chunks; empty in every legal state. */
export function findViolations(homes: readonly HomeChunk[]): readonly Violation[] {
  return [
    ...findSharedIds(homes),
    ...homes.flatMap((home) => home.paths.flatMap(findMiscount)),
    ...homes.flatMap(findMiscoveredSlots),
  ];
}

/** Tokens that were sent with more than one body. */
export function findReusedTokens(sent: readonly SentToken[]): readonly Violation[] {
  const bodies = new Map<string, string>();
  return sent.flatMap(({ token, bodyHash }) => {
    const first = bodies.get(token) ?? bodyHash;
    bodies.set(token, first);
    if (first === bodyHash) return [];
    return [{ invariant: 'one-body-per-token', detail: `${token} was sent with two bodies` }];
  });
}

/** Ids that two paths own, or one path twice, over all home chunks. */
export function findSharedIds(homes: readonly HomeChunk[]): readonly Violation[] {
  const owners = new Map<string, string>();
  return homes
    .flatMap((home) => home.paths)
    .flatMap((path) => path.ids.map((id) => ({ id, path: path.name })))
    .flatMap(({ id, path }) => {
      const owner = owners.get(id);
      owners.set(id, path);
      if (owner === undefined) return [];
      return [{ invariant: 'one-owner', detail: `${id} is owned by ${owner} and by ${path}` }];
    });
}

/** A path that owns more or fewer instances than its phase and its slots allow. */
export function findMiscount(path: ChunkPath): readonly Violation[] {
  const expected = path.phase === 'owned' ? path.count : 0;
  if (path.ids.length === expected) return [];
  const detail = `${path.name} is ${path.phase} with ${path.ids.length} of ${path.count} ids`;
  return [{ invariant: 'full-path', detail }];
}

/**
 * Slots of a home chunk that no path or more than one path stands for. A slot whose instance was
 * replaced belongs to its replacement alone.
 */
export function findMiscoveredSlots(home: HomeChunk): readonly Violation[] {
  const replaced = new Set(home.replacedIds);
  const holders = new Map<number, number>();
  for (const path of home.paths) {
    for (let offset = 0; offset < path.count; offset += 1) {
      const id = path.ids[offset];
      if (id !== undefined && replaced.has(id)) continue;
      const slot = path.from + offset;
      holders.set(slot, (holders.get(slot) ?? 0) + 1);
    }
  }
  const own = Array.from({ length: home.count }, (_, offset) => home.from + offset);
  return [...new Set([...own, ...holders.keys()])].flatMap((slot) => {
    const found = holders.get(slot) ?? 0;
    const wanted = slot >= home.from && slot < home.from + home.count ? 1 : 0;
    if (found === wanted) return [];
    const detail = `slot ${slot} of ${home.name} belongs to ${found} paths instead of ${wanted}`;
    return [{ invariant: 'slots-covered-once', detail }];
  });
}
