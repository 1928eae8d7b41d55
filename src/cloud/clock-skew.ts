/** What one answer tells about the two clocks. All ms since the epoch. */
export interface SkewSample {
  /** Local clock when the request was sent. */
  readonly sentAtMs: number;
  /** Local clock when the answer was there. */
  readonly receivedAtMs: number;
  /** The service's `Date` header, cut to whole seconds. */
  readonly dateMs: number;
}

/** Estimates how far the local clock is ahead of the service's. */
export interface ClockSkew {
  observe(sample: SkewSample): void;
  /** Ms, positive when the local clock is ahead; null before the first answer. */
  currentMs(): number | null;
}

const DATE_RESOLUTION_MS = 1000;

/**
 * Every answer gives a range in which the difference must lie, as wide as the call took. The estimate
 * moves only as far as the newest range forces it, so that a slow call or a stalled process is never
 * taken for a wrong clock.
 */
export function createClockSkew(): ClockSkew {
  let skewMs: number | null = null;
  return {
    observe({ sentAtMs, receivedAtMs, dateMs }) {
      const lowMs = sentAtMs - dateMs - DATE_RESOLUTION_MS;
      const highMs = receivedAtMs - dateMs;
      // The wall clock stepped back during the call: it tells nothing.
      if (lowMs > highMs) return;
      skewMs = Math.min(Math.max(skewMs ?? 0, lowMs), highMs);
    },
    currentMs: () => skewMs,
  };
}
