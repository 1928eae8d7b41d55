import { createAdaptiveRate } from './adaptive-rate';
import type { AdaptiveRate, AnsweredCall } from './adaptive-rate';
import type { Clock } from './clock';
import type { CloudLimits } from './defaults';

/** The right to send one call. */
export interface Turn {
  /** When it was given, by the monotonic clock. */
  readonly atMs: number;
  /** Whether it had to be waited for: only then does the rate hold anything back. */
  readonly wasQueued: boolean;
}

/** The queue of one kind of call: one account, region and action. */
export interface CallLane {
  /** Waits for a turn, first come first served; null when the signal called it off. */
  take(signal?: AbortSignal): Promise<Turn | null>;
  /** The call of this turn was accepted. */
  accepted(turn: Turn): void;
  /** The call of this turn was throttled; nothing goes out for as long as the service asks. */
  throttled(turn: Turn, retryAfterMs: number | null): void;
  /** Calls a second, as of now. */
  perSecond(): number;
}

interface Waiter {
  give(turn: Turn): void;
}

/** A token bucket whose rate adapts. */
export function createCallLane(limits: CloudLimits, clock: Clock): CallLane {
  const rate = createAdaptiveRate(limits);
  const bucket = createBucket(rate, limits, clock);
  const waiters: Waiter[] = [];
  let cancelTimer: (() => void) | null = null;

  function serve(): void {
    cancelTimer?.();
    cancelTimer = null;
    while (waiters.length > 0 && bucket.take()) {
      waiters.shift()?.give({ atMs: clock.monotonicMs(), wasQueued: true });
    }
    if (waiters.length > 0) cancelTimer = clock.after(bucket.nextInMs(), serve);
  }

  const toAnswered = ({ atMs, wasQueued }: Turn): AnsweredCall => ({
    sentAtMs: atMs,
    answeredAtMs: clock.monotonicMs(),
    wasQueued,
  });

  return {
    take(signal) {
      if (signal?.aborted) return Promise.resolve(null);
      if (waiters.length === 0 && bucket.take()) {
        return Promise.resolve({ atMs: clock.monotonicMs(), wasQueued: false });
      }
      return new Promise((resolve) => {
        const waiter: Waiter = {
          give(turn) {
            signal?.removeEventListener('abort', leave);
            resolve(turn);
          },
        };
        const leave = (): void => {
          waiters.splice(waiters.indexOf(waiter), 1);
          resolve(null);
          serve();
        };
        signal?.addEventListener('abort', leave, { once: true });
        waiters.push(waiter);
        if (cancelTimer === null) serve();
      });
    },
    accepted(turn) {
      rate.accepted(toAnswered(turn));
    },
    throttled(turn, retryAfterMs) {
      rate.throttled(toAnswered(turn));
      bucket.pause(Math.min(retryAfterMs ?? 0, limits.retryAfterMaxMs));
    },
    perSecond: () => rate.perSecond(),
  };
}

interface Bucket {
  /** Takes one token if there is one. */
  take(): boolean;
  /** Until the next token, ms; at least 1. */
  nextInMs(): number;
  /** Empties the bucket and keeps it empty for a while. */
  pause(pauseMs: number): void;
}

/** Rounding of the refill must not cost a timer of its own. */
const ALMOST_ONE = 1 - 1e-6;

function createBucket(rate: AdaptiveRate, limits: CloudLimits, clock: Clock): Bucket {
  let tokens = 1;
  let filledAtMs = clock.monotonicMs();

  function refill(): void {
    const nowMs = clock.monotonicMs();
    if (nowMs < filledAtMs) return;
    const perMs = rate.perSecond() / 1000;
    const capacity = Math.max(1, perMs * limits.burstMs);
    // An unlimited rate would make NaN of a zero time.
    const earned = Number.isFinite(perMs) ? (nowMs - filledAtMs) * perMs : capacity;
    tokens = Math.min(capacity, tokens + earned);
    filledAtMs = nowMs;
  }

  return {
    take() {
      refill();
      if (clock.monotonicMs() < filledAtMs || tokens < ALMOST_ONE) return false;
      tokens = Math.max(0, tokens - 1);
      return true;
    },
    nextInMs() {
      const pausedMs = Math.max(0, filledAtMs - clock.monotonicMs());
      return Math.max(1, Math.ceil(pausedMs + ((1 - tokens) * 1000) / rate.perSecond()));
    },
    pause(pauseMs) {
      refill();
      tokens = 0;
      filledAtMs = Math.max(filledAtMs, clock.monotonicMs() + pauseMs);
    },
  };
}
