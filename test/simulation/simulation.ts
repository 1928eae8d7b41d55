import { SETTLE_DEFAULTS } from '../../src/domain/settle-time';
import { BatchDriver } from './batch-driver';
import { createBatchPlan } from './batch-plan';
import { findFaultsAtEnd, isOverbought, toLine } from './check';
import { CloudModel } from './cloud-model';
import { createFaults, type Faults } from './faults';
import { NetworkModel } from './network-model';
import { PeopleModel } from './people-model';
import { Random } from './random';
import type { Rule } from './rules';
import { TemporalModel } from './temporal-model';
import { VirtualClock } from './virtual-clock';
import type { World } from './world';

/** Longest time from the last fault to the end of a batch. */
const REST_MS = 48 * 3_600_000;

/** What came of one seed. */
export interface SimulatedRun {
  readonly seed: number;
  /** Everything that is wrong; empty when all rules held. */
  readonly wrong: readonly string[];
  /** What happened, in order; only when asked for. */
  readonly trace: readonly string[];
}

/** How a seed is run. */
export interface SimulationOptions {
  readonly off?: readonly Rule[];
  /** Faults that are this likely in every seed. */
  readonly forced?: Partial<Faults>;
  readonly isTraced?: boolean;
}

/** Runs one seed from the submission to the end of the batch and checks it. */
export function simulate(seed: number, options: SimulationOptions = {}): SimulatedRun {
  const trace: string[] = [];
  const world = createWorld(seed, options, trace);
  const plan = createBatchPlan(world.random);
  const cloud = new CloudModel(world);
  const outside = {
    cloud,
    network: new NetworkModel(world, cloud),
    temporal: new TemporalModel(world),
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
  const wrong = findFaultsAtEnd(driver, plan, people);
  world.trace(() => driver.model.shard.homes.map(toLine).join('\n'));
  return { seed, wrong, trace };
}

/** A run in full, for a person. */
export function explain(seed: number, options: SimulationOptions = {}): string {
  const { wrong, trace } = simulate(seed, { ...options, isTraced: true });
  return [`seed ${seed}: ${wrong.join('; ')}`, ...trace].join('\n');
}

/** The first seed of a range under which something goes wrong; null when there is none. */
export function findBadSeed(
  { from, count }: { readonly from: number; readonly count: number },
  options: SimulationOptions = {},
): number | null {
  for (let seed = from; seed < from + count; seed += 1) {
    if (simulate(seed, options).wrong.length > 0) return seed;
  }
  return null;
}

function createWorld(seed: number, options: SimulationOptions, trace: string[]): World {
  const random = new Random(seed);
  const clock = new VirtualClock();
  const isTokenLifeKnown = random.isHit(0.8);
  return {
    random,
    clock,
    faults: createFaults(random, options.forced ?? {}),
    settings: isTokenLifeKnown ? SETTLE_DEFAULTS : { ...SETTLE_DEFAULTS, tokenLifetimeMs: 0 },
    off: new Set(options.off ?? []),
    isHalted: false,
    trace: (sentence) => {
      if (options.isTraced === true)
        trace.push(`${(clock.nowMs / 1000).toFixed(1)} s ${sentence()}`);
    },
  };
}
