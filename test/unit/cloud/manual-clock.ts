import type { Clock } from '../../../src/cloud/clock';

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves time forward; timers fire in their order, each at its time. */
  advance(ms: number): void;
  /** How many timers wait. */
  timers(): number;
}

/** A clock at 0 ms. */
export function createManualClock(): ManualClock {
  let nowMs = 0;
  let timers: { atMs: number; callback: () => void }[] = [];

  function fireNext(untilMs: number): boolean {
    const next = timers.toSorted((left, right) => left.atMs - right.atMs)[0];
    if (next === undefined || next.atMs > untilMs) return false;
    timers = timers.filter((timer) => timer !== next);
    nowMs = Math.max(nowMs, next.atMs);
    next.callback();
    return true;
  }

  return {
    wallMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, callback) {
      const timer = { atMs: nowMs + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      while (fireNext(untilMs));
      nowMs = untilMs;
    },
    timers: () => timers.length,
  };
}
