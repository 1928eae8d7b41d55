/**
 * What has held back the calls of create attempts, gates and holds apart: sums over the attempts that have
 * ended. One that is in flight tells nothing yet.
 */
export interface CallDelays {
  /** Calls that the service has throttled; each is sent again. */
  readonly throttled: number;
  /**
   * How long calls have waited for their turn and to be sent again, whole ms. Calls wait side by side, so
   * the sum may be longer than the batch has taken.
   */
  readonly waitedMs: number;
}

/** Nothing was held back. */
export const NO_DELAYS: CallDelays = { throttled: 0, waitedMs: 0 };

/** Adds up what was held back; what an older worker tells has no delays. */
export function addDelays(left: CallDelays, right: CallDelays = NO_DELAYS): CallDelays {
  return {
    throttled: left.throttled + right.throttled,
    waitedMs: left.waitedMs + right.waitedMs,
  };
}
