import type { EmulatorConfig, RateLimit } from './config';

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Token buckets by account, region and action: the key the cloud counts by (throttling page). */
export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  /**
   * Takes one call out of the bucket.
   *
   * @param key - account, region and action
   * @returns false when the bucket is empty: the call is throttled
   */
  tryTake(key: string, limit: RateLimit, nowMs: number): boolean {
    const bucket = this.buckets.get(key) ?? { tokens: limit.burst, filledAtMs: nowMs };
    const refilled = bucket.tokens + ((nowMs - bucket.filledAtMs) / 1_000) * limit.perSecond;
    bucket.tokens = Math.min(limit.burst, refilled);
    bucket.filledAtMs = nowMs;
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}

/** The limit of an action; undefined: none. */
export function findRateLimit(config: EmulatorConfig, action: string): RateLimit | undefined {
  return config.rateLimits[action] ?? undefined;
}
