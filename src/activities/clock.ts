/** Time and chance, so that tests can hold them. */
export interface Clock {
  /** Wall clock, ms since the epoch. */
  nowMs(): number;
  /** Monotonic clock, ms from any start. */
  monotonicMs(): number;
  /** A number from 0 to 1, for jitter. */
  random(): number;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
};
