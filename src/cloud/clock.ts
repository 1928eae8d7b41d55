import { performance } from 'node:perf_hooks';

/** Time as the adapter sees it; tests bring their own. */
export interface Clock {
  /** Wall clock, ms since the epoch. */
  wallMs(): number;
  /** Never steps back, ms since some moment. */
  monotonicMs(): number;
  /** Calls back once after the time has passed; the result calls it off. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The clock of this process. */
export const SYSTEM_CLOCK: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
