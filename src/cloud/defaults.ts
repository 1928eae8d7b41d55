/** How long calls may take and how fast they may come; every value can be set. */
export interface CloudLimits {
  /** Longest wait for the answer to a read call, ms. Creates bring their own. */
  readonly readTimeoutMs: number;
  /** Calls a second of one account, region and action at the start; Infinity lifts the limit. */
  readonly startPerSecond: number;
  /** Highest rate that the limiter climbs to, calls a second; Infinity lifts the limit. */
  readonly maxPerSecond: number;
  /** Lowest rate that throttling can push it to, calls a second. */
  readonly minPerSecond: number;
  /** How much of a second's calls may go at once after a pause, ms. */
  readonly burstMs: number;
  /** Longest pause that the service may ask for, ms. */
  readonly retryAfterMaxMs: number;
}

/** The defaults of {@link CloudLimits}. */
export const CLOUD_LIMITS: CloudLimits = {
  /** The library's own 3 s is shorter than a slow page of fifty instances. */
  readTimeoutMs: 20_000,
  startPerSecond: 20,
  /** CreateInstances: 200 calls a second by region, API and main account (its page, 2025-03-27). */
  maxPerSecond: 200,
  minPerSecond: 0.5,
  burstMs: 200,
  retryAfterMaxMs: 10 * 60_000,
};
