import { createHomeChunk, type HomeChunk } from '../../src/domain/home-chunk-state';
import type { HomeEvent } from '../../src/domain/home-event';
import type { ErrorClass } from '../../src/domain/refusal';
import { applyToShard } from '../../src/domain/shard';
import type { ShardCommand, ShardEvent, ShardStep } from '../../src/domain/shard-event';
import { createShard, type Shard, type ShardRules } from '../../src/domain/shard-state';
import { createRefusal, PROOF } from './domain-samples';

/** Rules with small numbers. */
export const SHARD_RULES: ShardRules = {
  chunksInFlight: 4,
  transientRoundsMax: 2,
  settleRoundsMax: 3,
  roundBackOffMinMs: 1_000,
  roundBackOffMaxMs: 8_000,
  gateBackOffMinMs: 60_000,
  gateBackOffMaxMs: 240_000,
  soldOutMemoryMs: 300_000,
  replacementsMax: 0,
};

/**
 * A proven shard with one home chunk for each entry, all of two slots.
 *
 * @param groups - the group of each home chunk
 */
export function createProvenShard(groups: readonly number[]): Shard {
  const homes = groups.map((group, index): HomeChunk => {
    const from = 2 * groups.slice(0, index).filter((other) => other === group).length;
    const name = `g${group}-aaaaaaaaaa-s0000c000${index}`;
    const home = createHomeChunk({ index, group, groupName: `g${group}`, name, from, count: 2 });
    return { ...home, paths: home.paths.map((path) => ({ ...path, proof: PROOF })) };
  });
  const placementCounts = Array.from({ length: Math.max(...groups) + 1 }, () => 1);
  return createShard(homes, placementCounts, SHARD_RULES);
}

/** Applies events one after the other; the commands are those of the last one. */
export function applyToShardAll(shard: Shard, ...events: readonly ShardEvent[]): ShardStep {
  return events.reduce<ShardStep>(
    (step, event) => applyToShard(step.shard, event, { rules: SHARD_RULES, nowMs: 1_000 }),
    { shard, commands: [] },
  );
}

/** An event of a home chunk. */
export function at(home: number, event: HomeEvent): ShardEvent {
  return { type: 'home', home, event };
}

/** Look what may be sent. */
export const START = { type: 'start' } as const;

/** Everything that is parked goes on. */
export const RETRY = { type: 'retry', paths: null } as const;

/** The control of the first group has passed. */
export const PASSED = { type: 'controlled', group: 0, refusal: null } as const;

/** The two slots of a path are bought. */
export function toCreated(home: number, path: string, group = 0): ShardEvent {
  const ids = [`r-${home}a`, `r-${home}b`];
  return at(home, { type: 'created', path: `g${group}/${path}`, ids });
}

/** A path is refused for good. */
export function toRefused(home: number, path: string, errorClass: ErrorClass): ShardEvent {
  return at(home, { type: 'refused', path, refusal: createRefusal(errorClass) });
}

/** The paths whose creates are ordered. */
export function listCreated(commands: readonly ShardCommand[]): string[] {
  return commands.flatMap((command) => (command.type === 'create' ? [command.path] : []));
}

/** The phases of the paths of each home chunk. */
export function listPhases({ homes }: Shard): string[] {
  return homes.map(({ paths }) => paths.map(({ phase }) => phase).join());
}

/** Three home chunks of one group; the first one is bought and controlled, two are in flight. */
export function createRunning(): Shard {
  return applyToShardAll(createProvenShard([0, 0, 0]), START, toCreated(0, '0-1'), PASSED).shard;
}

/** Both chunks of a running shard were refused for the quota, and so was the one slot that the search tried. */
export function createGated(): Shard {
  return applyToShardAll(
    createRunning(),
    toRefused(1, 'g0/2-3', 'quota'),
    toRefused(2, 'g0/4-5', 'quota'),
    toRefused(1, 'g0/2-2', 'quota'),
  ).shard;
}
