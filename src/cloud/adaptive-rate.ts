/** Bounds of a rate, calls a second. */
export interface RateBounds {
  readonly startPerSecond: number;
  readonly minPerSecond: number;
  readonly maxPerSecond: number;
}

/** A rate that finds the service's limit by itself, so that workers share it without talking. */
export interface AdaptiveRate {
  /** Calls a second, as of now. */
  perSecond(): number;
  /** A call that had to wait for its turn was accepted: the service may allow more. */
  raise(): void;
  /**
   * A call was throttled. Calls that were sent up to the last cut do not cut again, since a burst of
   * throttled calls tells the same thing many times.
   */
  cut(sentAtMs: number, nowMs: number): void;
}

const CUT_FACTOR = 0.5;

/** Calls a second that are added within a second, once the limit was met. */
const CLIMB_MIN_PER_SECOND = 0.25;

/** The same as a share of the rate: about 35 s to double. */
const CLIMB_SHARE = 0.02;

/**
 * Additive increase, multiplicative decrease. Up to the first throttle every accepted call adds one
 * call a second (the "slow start" of TCP); afterwards it climbs slowly, so that under a limit of 5/s
 * more than nine calls of ten are useful ones.
 */
export function createAdaptiveRate(bounds: RateBounds): AdaptiveRate {
  const clamp = (rate: number): number =>
    Math.min(Math.max(rate, bounds.minPerSecond), bounds.maxPerSecond);
  let rate = clamp(bounds.startPerSecond);
  let lastCutAtMs: number | null = null;
  return {
    perSecond: () => rate,
    raise() {
      const climb = Math.max(CLIMB_MIN_PER_SECOND / rate, CLIMB_SHARE);
      rate = clamp(rate + (lastCutAtMs === null ? 1 : climb));
    },
    cut(sentAtMs, nowMs) {
      if (lastCutAtMs !== null && sentAtMs <= lastCutAtMs) return;
      rate = clamp(rate * CUT_FACTOR);
      lastCutAtMs = nowMs;
    },
  };
}
