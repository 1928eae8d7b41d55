import { Random } from '../simulation/random';

/** Slots of a batch whose faults are drawn, and of each of its create calls. */
export const PLAN_SLOTS = 250;

/** One thing that goes wrong. Times are how long it lasts, in ms. */
export type Fault =
  | { readonly kind: 'killWorker'; readonly worker: 0 | 1 }
  | { readonly kind: 'killBothWorkers' }
  | { readonly kind: 'freezeWorker'; readonly worker: 0 | 1; readonly lastsMs: number }
  | { readonly kind: 'killTemporal' }
  | { readonly kind: 'cutTemporal'; readonly lastsMs: number }
  | { readonly kind: 'cutCloud'; readonly lastsMs: number }
  /** Answers are kept back, and then lost. */
  | { readonly kind: 'holdCloud'; readonly lastsMs: number };

/** Faults that begin together. */
export interface PlannedFaults {
  /** As soon as so many instances exist. */
  readonly whenLive: number;
  /** And so much later, ms: a moment within what happens between two purchases, or after the last. */
  readonly thenMs: number;
  readonly faults: readonly Fault[];
}

/** All that a seed decides: the same for ever and on every machine. */
export interface FaultPlan {
  readonly seed: number;
  readonly cloud: object;
  readonly worker: {
    readonly tokenLifetimeMs: number;
    readonly shardSlots: number;
    readonly continueAfterEvents: number;
  };
  readonly steps: readonly PlannedFaults[];
  /** When somebody cancels the batch; null in most plans. */
  readonly cancelWhenLive: number | null;
}

/** Longest time of a fault, ms; above the heartbeat timeout and the send window. */
const LASTS_MAX_MS = 3_500;

const STEPS: readonly ((random: Random) => readonly Fault[])[] = [
  (random) => [killWorker(random)],
  (random) => [killWorker(random)],
  () => [{ kind: 'killBothWorkers' }],
  (random) => [{ kind: 'freezeWorker', worker: pickWorker(random), lastsMs: LASTS_MAX_MS }],
  () => [{ kind: 'killTemporal' }],
  () => [{ kind: 'killTemporal' }],
  (random) => [{ kind: 'cutTemporal', lastsMs: random.upTo(LASTS_MAX_MS) }],
  (random) => [{ kind: 'cutCloud', lastsMs: random.upTo(LASTS_MAX_MS) }],
  (random) => [{ kind: 'holdCloud', lastsMs: random.upTo(LASTS_MAX_MS) }, killWorker(random)],
  createWorstMoment,
  createWorstMoment,
];

/** Draws the faults of a seed, and the cloud and the settings that they meet. */
export function createFaultPlan(seed: number): FaultPlan {
  const random = new Random(seed);
  const steps = Array.from({ length: random.between(2, 3) }, () => ({
    whenLive: random.isHit(0.2) ? PLAN_SLOTS : random.between(0, PLAN_SLOTS),
    thenMs: random.isHit(0.5) ? 0 : random.between(0, 1_000),
    faults: random.pick(STEPS)(random),
  }));
  return {
    seed,
    ...drawSettings(random),
    steps: steps.sort((a, b) => a.whenLive - b.whenLive),
    cancelWhenLive: random.isHit(0.12) ? random.between(1, PLAN_SLOTS - 1) : null,
  };
}

/** Every kind of process and the network at once. */
function createWorstMoment(random: Random): readonly Fault[] {
  return [
    random.isHit(0.5) ? { kind: 'killBothWorkers' } : killWorker(random),
    { kind: 'killTemporal' },
    { kind: 'cutCloud', lastsMs: random.upTo(LASTS_MAX_MS) },
  ];
}

function killWorker(random: Random): Fault {
  return { kind: 'killWorker', worker: pickWorker(random) };
}

function pickWorker(random: Random): 0 | 1 {
  return random.isHit(0.5) ? 0 : 1;
}

/** What the cloud spoils, how long it remembers a token, and how the batch is run. */
function drawSettings(random: Random): Pick<FaultPlan, 'cloud' | 'worker'> {
  const remembersTokens = random.isHit(0.6);
  const drops = { action: 'CreateInstances', when: 'after', kind: 'drop' };
  const refuses = { action: 'CreateInstances', when: 'before', kind: 'refuse' };
  const lateRequests = { action: 'CreateInstances', when: 'before', kind: 'delay', delayMs: 400 };
  return {
    cloud: {
      // As good as never remembered: then nothing but the look-up protects the count.
      ...(remembersTokens ? {} : { tokenLifetimeMs: 1 }),
      shuffleIds: random.isHit(0.5),
      faults: [
        { ...drops, probability: random.upTo(12) / 100 },
        { ...refuses, probability: random.upTo(8) / 100, code: 'VpcServiceError' },
        { ...refuses, probability: random.upTo(5) / 100, code: 'ServiceUnavailable', status: 503 },
        { ...lateRequests, probability: random.upTo(5) / 100 },
        { kind: 'partial', action: 'CreateInstances', probability: random.upTo(4) / 100 },
        { action: 'DescribeInstances', kind: 'drop', probability: random.upTo(5) / 100 },
      ],
    },
    worker: {
      tokenLifetimeMs: remembersTokens ? 3_600_000 : 0,
      shardSlots: random.isHit(0.35) ? 100 : 5_000,
      continueAfterEvents: random.isHit(0.35) ? 120 : 4_000,
    },
  };
}
