import type { Random } from './random';

/** What can go wrong. */
export type FaultKind = Exclude<keyof Faults, 'untilMs'>;

/** How likely each fault is, per opportunity; all of them end at `untilMs`. */
export interface Faults {
  readonly untilMs: number;
  // The cloud.
  readonly throttle: number;
  readonly transient: number;
  readonly refusal: number;
  /** Of a known token, before the token is looked at. */
  readonly refusalOfKnown: number;
  readonly partial: number;
  readonly shortAnswer: number;
  readonly twin: number;
  readonly instanceError: number;
  /**
   * Somebody releases an instance by hand. Stays away unless forced: that one instance was bought is
   * then written nowhere but in its token, which may expire while a repeated call is on its way.
   */
  readonly instanceGone: number;
  /**
   * A search by name finds nothing, in the whole run. Stays away unless forced: no look-up protects
   * anything then, and the positive control has to notice (rule R12).
   */
  readonly blindSearch: number;
  // The network.
  readonly notConnected: number;
  readonly lostRequest: number;
  readonly lateRequest: number;
  readonly lostAnswer: number;
  readonly failedLookUp: number;
  // Workers and Temporal.
  /** Of a worker with a create. */
  readonly crash: number;
  /** Of a worker that only looks. */
  readonly crashInLook: number;
  readonly freeze: number;
  readonly activityReset: number;
  readonly workflowReset: number;
  readonly restart: number;
  readonly continueAsNew: number;
  // People.
  readonly retry: number;
  readonly split: number;
  readonly pause: number;
  readonly skip: number;
  readonly cancel: number;
  /** Somebody halts new creates, or ends the halt. */
  readonly halt: number;
  /** A worker begins a create long after it was handed to it. */
  readonly lateStart: number;
  /** Prices change, and somebody asks for them. */
  readonly priceChange: number;
}

/** Highest probability of each fault: high enough that a short run meets several. */
const WORST: Omit<Faults, 'untilMs'> = {
  throttle: 0.2,
  transient: 0.2,
  refusal: 0.6,
  refusalOfKnown: 0.6,
  partial: 0.4,
  shortAnswer: 0.4,
  twin: 0.3,
  instanceError: 0.3,
  instanceGone: 0,
  blindSearch: 0,
  notConnected: 0.2,
  lostRequest: 0.3,
  lateRequest: 0.5,
  lostAnswer: 0.5,
  failedLookUp: 0.2,
  crash: 0.3,
  crashInLook: 0.2,
  freeze: 0.4,
  activityReset: 0.3,
  workflowReset: 0.3,
  restart: 0.2,
  continueAsNew: 0.2,
  retry: 0.6,
  split: 0.8,
  pause: 0.1,
  skip: 0.15,
  cancel: 0.06,
  halt: 0.2,
  lateStart: 0.2,
  priceChange: 0.4,
};

/** All of them, in a fixed order. */
export const FAULT_KINDS = Object.keys(WORST) as readonly FaultKind[];

/** Kinds that came later: they are drawn apart, so that a seed draws the others as it did before. */
const LATER_KINDS: ReadonlySet<FaultKind> = new Set(['lateStart', 'priceChange']);

/** How the faults of a run differ from what its seed draws. */
export interface FaultChange {
  /** Probabilities that this run has in any case. */
  readonly forced?: Partial<Faults>;
  /** Kinds that stay away. */
  readonly without?: readonly FaultKind[];
  /** When faults end, ms; not later than drawn. */
  readonly untilMs?: number;
}

/**
 * Draws the faults of one run. About half of the kinds stay away altogether: a run with few kinds of
 * faults goes deeper into what they do to each other.
 *
 * @param random - the run's source of chance
 * @param change - how this run differs from what its seed draws
 */
export function createFaults(random: Random, { forced, without, untilMs }: FaultChange): Faults {
  const drawn: Record<string, number> = {};
  for (const kind of FAULT_KINDS) {
    const point = LATER_KINDS.has(kind) ? 'limits' : 'detail';
    drawn[kind] = random.isHit(0.5, point) ? WORST[kind] * random.share(point) : 0;
  }
  const drawnUntilMs = random.between(5, 90) * 60_000;
  const faults = { ...drawn, untilMs: drawnUntilMs, ...forced } as Record<string, number>;
  for (const kind of without ?? []) faults[kind] = 0;
  faults['untilMs'] = Math.min(faults['untilMs']!, untilMs ?? Infinity);
  return faults as unknown as Faults;
}

/** Faults of which only these happen, whenever an enumeration says so. */
export function createChosenFaults(kinds: readonly FaultKind[], untilMs: number): Faults {
  const chances = FAULT_KINDS.map((kind) => [kind, kinds.includes(kind) ? 1 : 0]);
  return { ...Object.fromEntries(chances), untilMs } as Faults;
}
