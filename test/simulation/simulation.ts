import type { Violation } from '../../src/domain/invariants';
import { SETTLE_DEFAULTS } from '../../src/domain/settle-time';
import { createBatchPlan, type BatchPlan } from './batch-plan';
import { createFaults, type FaultChange } from './faults';
import { play } from './play';
import { Random, type Strike } from './random';
import type { Rule } from './rules';
import { VirtualClock } from './virtual-clock';
import type { World } from './world';

/** What came of one seed. */
export interface SimulatedRun {
  readonly seed: number;
  /** Every broken invariant; empty when all rules held. */
  readonly wrong: readonly Violation[];
  /** What happened, in order; only when asked for. */
  readonly trace: readonly string[];
  /** The faults that struck, in order. */
  readonly strikes: readonly Strike[];
  /** When they ended at the latest, ms. */
  readonly untilMs: number;
}

/** How a seed is run: with these, one seed is one run on every machine. */
export interface SimulationOptions extends FaultChange {
  readonly off?: readonly Rule[];
  /** Strikes that do not happen after all. */
  readonly spared?: readonly Strike[];
  /** Orders one chunk of so many slots instead of what the seed draws. */
  readonly slots?: number;
  readonly isTraced?: boolean;
}

/** Runs one seed from the submission to the end of the batch and checks it. */
export function simulate(seed: number, options: SimulationOptions = {}): SimulatedRun {
  const random = new Random(seed, new Set(options.spared));
  const trace: string[] = [];
  const { world, plan } = createWorld(random, options, trace);
  const wrong = play(world, plan);
  return { seed, wrong, trace, strikes: random.strikes, untilMs: world.faults.untilMs };
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

function createWorld(
  random: Random,
  options: SimulationOptions,
  trace: string[],
): { readonly world: World; readonly plan: BatchPlan } {
  const clock = new VirtualClock();
  const isTokenLifeKnown = random.isHit(0.8);
  const world: World = {
    random,
    clock,
    faults: createFaults(random, options),
    settings: isTokenLifeKnown ? SETTLE_DEFAULTS : { ...SETTLE_DEFAULTS, tokenLifetimeMs: 0 },
    meddlesAtMs: null,
    off: new Set(options.off ?? []),
    isHalted: false,
    trace: (sentence) => {
      if (options.isTraced === true)
        trace.push(`${(clock.nowMs / 1000).toFixed(1)} s ${sentence()}`);
    },
  };
  return { world, plan: createBatchPlan(random, options.slots) };
}
