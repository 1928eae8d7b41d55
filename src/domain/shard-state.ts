import type { Gate } from './gate';
import { isOpen, type ChunkPath, type Ending, type HomeChunk } from './home-chunk-state';
import type { AddressPool } from './address-pool';
import type { PlacementBar } from './price-cap';
import type { Proof } from './proof';
import type { Refusal } from './refusal';

/** What a shard knows about one group of its slots. */
export interface GroupState {
  /** Index in the request. */
  readonly group: number;
  readonly placementCount: number;
  /**
   * The positive control (rule R12): until the search by name has found the first chunk's ids, the
   * group's first chunk goes alone.
   */
  readonly control: 'pending' | 'running' | 'passed' | 'failed';
  /** Why the whole group is stopped. */
  readonly stopped: Refusal | null;
  /** Placements that were sold out a short while ago, and are passed over for as long. */
  readonly soldOut: readonly SoldOut[];
  /** Placements that are not used for their price; absent when there are none. */
  readonly barred?: readonly PlacementBar[];
}

/** A placement that had no capacity, and until when this is remembered. */
export interface SoldOut {
  /** Its rank. */
  readonly placement: number;
  readonly untilMs: number;
  readonly refusal: Refusal;
}

/** The state of a shard: everything that decides what may be sent next. */
export interface Shard {
  readonly homes: readonly HomeChunk[];
  readonly groups: readonly GroupState[];
  readonly gates: readonly Gate[];
  /** vSwitches that may run short of addresses; absent when none is known to. */
  readonly pools?: readonly AddressPool[];
  /** A problem of the whole account: nothing new is sent. */
  readonly hold: Refusal | null;
  readonly isPaused: boolean;
  /** The run is about to continue as new: what is in flight ends, and nothing else begins. */
  readonly isDraining: boolean;
  readonly ending: Ending | null;
  /** Chunks that may be in flight at most; an operator may change it. */
  readonly concurrency: number;
  /** Chunks that may be in flight at the moment; falls to 1 at a gate and doubles by success. */
  readonly window: number;
}

/** Numbers that the shard's decisions need. */
export interface ShardRules {
  readonly chunksInFlight: number;
  readonly transientRoundsMax: number;
  readonly settleRoundsMax: number;
  readonly roundBackOffMinMs: number;
  readonly roundBackOffMaxMs: number;
  readonly gateBackOffMinMs: number;
  readonly gateBackOffMaxMs: number;
  /** How long a placement without capacity is passed over; 0: it is asked by every chunk. */
  readonly soldOutMemoryMs: number;
  /** How often a slot is bought again whose instance has ended in Error; the request says so. */
  readonly replacementsMax: number;
}

/** A path and the home chunk it belongs to. */
export interface PathPlace {
  readonly home: number;
  readonly path: string;
}

/** Builds the state of a shard that has sent nothing. */
export function createShard(
  homes: readonly HomeChunk[],
  placementCounts: readonly number[],
  rules: Pick<ShardRules, 'chunksInFlight'>,
): Shard {
  const used = [...new Set(homes.map((home) => home.group))];
  return {
    homes,
    groups: used.map((group) => ({
      group,
      placementCount: placementCounts[group] ?? 1,
      control: 'pending',
      stopped: null,
      soldOut: [],
    })),
    gates: [],
    hold: null,
    isPaused: false,
    isDraining: false,
    ending: null,
    concurrency: rules.chunksInFlight,
    window: rules.chunksInFlight,
  };
}

/** Gives every planned path the proof of a run that is proven to be the first (rule R2). */
export function withProof(shard: Shard, proof: Proof): Shard {
  const homes = shard.homes.map((home) => ({
    ...home,
    paths: home.paths.map((path) => (path.phase === 'planned' ? { ...path, proof } : path)),
  }));
  return { ...shard, homes };
}

/** The state of the group with this index. */
export function getGroup(shard: Shard, group: number): GroupState {
  const found = shard.groups.find((state) => state.group === group);
  if (found === undefined) throw new Error(`no group ${group} in this shard`);
  return found;
}

/** The home chunk at this position. */
export function getHome(shard: Shard, index: number): HomeChunk {
  const home = shard.homes[index];
  if (home === undefined) throw new Error(`no home chunk ${index} in this shard`);
  return home;
}

/** All paths with their home chunks. */
export function listPaths(shard: Shard): readonly { home: HomeChunk; path: ChunkPath }[] {
  return shard.homes.flatMap((home) => home.paths.map((path) => ({ home, path })));
}

/** Whether nothing is left to buy, to settle, to control or to wait for a person. */
export function isBought(shard: Shard): boolean {
  if (shard.groups.some((group) => group.control === 'running')) return false;
  return shard.homes.every(
    (home) =>
      !isOpen(home) &&
      home.paths.every(
        (path) =>
          path.phase === 'owned' ||
          path.phase === 'skipped' ||
          (path.phase === 'parked' && shard.ending !== null),
      ),
  );
}

/** Whether something waits for a person. */
export function isInNeed(shard: Shard): boolean {
  return shard.hold !== null || listPaths(shard).some(({ path }) => path.phase === 'parked');
}

/** Whether an outcome was ever in doubt, so that the audit compares sets (rule R9). */
export function wasEverOpen(shard: Shard): boolean {
  return (
    shard.ending !== null ||
    shard.homes.some((home) => home.wasOpen || home.paths.some((path) => path.phase === 'skipped'))
  );
}
