import type { Violation } from '../../src/domain/invariants';
import { BatchDriver } from './batch-driver';
import type { BatchPlan } from './batch-plan';
import { findFaultsAtEnd, isOverbought, toLine } from './check';
import { CloudModel } from './cloud-model';
import { MarketModel } from './market-model';
import { NetworkModel } from './network-model';
import { PeopleModel } from './people-model';
import { TemporalModel } from './temporal-model';
import type { World } from './world';

/** Longest time from the last fault to the end of a batch. */
const REST_MS = 48 * 3_600_000;

/**
 * Plays a batch in a world, from its submission to its end, or to the first broken invariant.
 *
 * @returns everything that is wrong; empty when all rules held
 */
export function play(world: World, plan: BatchPlan): readonly Violation[] {
  const cloud = new CloudModel(world, plan.limits.free);
  const outside = {
    cloud,
    network: new NetworkModel(world, cloud),
    temporal: new TemporalModel(world),
    market: new MarketModel(world, plan),
  };
  const driver = new BatchDriver(world, plan, outside);
  const people = new PeopleModel(world, driver);
  const { untilMs } = world.faults;
  world.clock.runUntil(
    untilMs + REST_MS,
    () =>
      (driver.isDone && world.clock.nowMs > untilMs && outside.network.underWay === 0) ||
      driver.violations.length > 0 ||
      isOverbought(driver, plan),
  );
  world.trace(() => driver.model.shard.homes.map(toLine).join('\n'));
  return findFaultsAtEnd(driver, plan, people);
}
