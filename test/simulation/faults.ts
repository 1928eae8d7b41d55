import type { Random } from './random';

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
  // The network.
  readonly notConnected: number;
  readonly lostRequest: number;
  readonly lateRequest: number;
  readonly lostAnswer: number;
  readonly failedLookUp: number;
  // Workers and Temporal.
  readonly crash: number;
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
  notConnected: 0.2,
  lostRequest: 0.3,
  lateRequest: 0.5,
  lostAnswer: 0.5,
  failedLookUp: 0.2,
  crash: 0.3,
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
};

/**
 * Draws the faults of one run. About half of the kinds stay away altogether: a run with few kinds of
 * faults goes deeper into what they do to each other.
 *
 * @param random - the run's source of chance
 * @param forced - probabilities that this run has in any case
 */
export function createFaults(random: Random, forced: Partial<Faults>): Faults {
  const drawn = Object.entries(WORST).map(([kind, worst]) => [
    kind,
    random.isHit(0.5) ? worst * random.next() : 0,
  ]);
  const untilMs = random.between(5, 90) * 60_000;
  return { ...(Object.fromEntries(drawn) as unknown as Faults), untilMs, ...forced };
}
