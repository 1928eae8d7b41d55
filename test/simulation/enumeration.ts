import type { Violation } from '../../src/domain/invariants';
import { SETTLE_DEFAULTS } from '../../src/domain/settle-time';
import { toBatchPlan, type BatchPlan } from './batch-plan';
import { ChoiceOracle, toNextScript } from './choice-oracle';
import { createChosenFaults, FAULT_KINDS, type FaultKind } from './faults';
import { play } from './play';
import type { Rule } from './rules';
import { VirtualClock } from './virtual-clock';
import type { World } from './world';

/** One chunk of two slots with two placements: the smallest batch in which every rule matters. */
const PLAN: BatchPlan = toBatchPlan({
  chunkSlots: 2,
  counts: [2],
  placements: 2,
  replacementsMax: 5,
});

/**
 * When somebody may meddle, ms: while the run is proven, while the first call is under way, when it has
 * landed, when all is bought, and in the middle and at the end of a settle.
 */
const MEDDLES_AT_MS = [50, 120, 140, 30_000, 600_000, 1_240_000];

const FAULTS_UNTIL_MS = 2_400_000;

/** What a small space is made of. */
export interface Space {
  readonly kinds: readonly FaultKind[];
  /** Faults of a run at most. */
  readonly faultsMax: number;
  readonly off?: readonly Rule[];
}

/** What may happen to one chunk in a run of {@link enumerate}, three at a time. */
export const SMALL_SPACE: Space = {
  kinds: [
    ...(['lostRequest', 'lateRequest', 'lostAnswer', 'refusal', 'refusalOfKnown'] as const),
    ...(['partial', 'shortAnswer', 'crash', 'activityReset', 'workflowReset'] as const),
    ...(['restart', 'split'] as const),
  ],
  faultsMax: 3,
};

/** Kinds that an enumeration leaves out: two stay away unless forced, and its batch has no price caps. */
const LEFT_OUT: readonly FaultKind[] = ['instanceGone', 'blindSearch', 'priceChange'];

/** Whatever else may happen to anybody, two at a time: what one kind does to each other one. */
export const WIDE_SPACE: Space = {
  kinds: FAULT_KINDS.filter((kind) => !LEFT_OUT.includes(kind)),
  faultsMax: 2,
};

/** What came of an enumeration. */
export interface Enumeration {
  readonly runs: number;
  /** The first run that broke something; then the rest was not played. */
  readonly broken: { readonly wrong: readonly Violation[]; readonly trace: string[] } | null;
}

/** Plays every run of a space: each fault at each opportunity, and each way that it can go. */
export function enumerate(space: Space): Enumeration {
  let script: readonly number[] | null = [];
  let runs = 0;
  while (script !== null) {
    const oracle = new ChoiceOracle(script, space.faultsMax);
    runs += 1;
    if (play(createWorld(space, oracle, null), PLAN).length > 0) {
      return { runs, broken: explainScript(space, script) };
    }
    script = toNextScript(oracle.made);
  }
  return { runs, broken: null };
}

function explainScript(space: Space, script: readonly number[]): Enumeration['broken'] {
  const trace: string[] = [];
  const world = createWorld(space, new ChoiceOracle(script, space.faultsMax), trace);
  return { wrong: play(world, PLAN), trace };
}

function createWorld(space: Space, random: ChoiceOracle, trace: string[] | null): World {
  const clock = new VirtualClock();
  return {
    random,
    clock,
    faults: createChosenFaults(space.kinds, FAULTS_UNTIL_MS),
    settings: SETTLE_DEFAULTS,
    meddlesAtMs: MEDDLES_AT_MS,
    off: new Set(space.off ?? []),
    isHalted: false,
    trace: (sentence) => trace?.push(`${(clock.nowMs / 1_000).toFixed(2)} s ${sentence()}`),
  };
}
