import { createHomeChunk, type HomeChunk } from '../../src/domain/home-chunk-state';
import type { HomeEvent } from '../../src/domain/home-event';
import { applyToShard } from '../../src/domain/shard';
import type { ShardEvent, ShardStep } from '../../src/domain/shard-event';
import { createShard, type Shard, type ShardRules } from '../../src/domain/shard-state';
import { PROOF } from './domain-samples';

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
