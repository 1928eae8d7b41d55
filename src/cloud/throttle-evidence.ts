/** How strongly the answers of late say that the calls come too fast. */
export interface ThrottleEvidence {
  accepted(): void;
  throttled(): void;
  /** In throttles: 0 is none; what lies further back than the last 0 does not count. */
  level(): number;
  /** Share of accepted calls since the evidence began to grow, 0 to 1. */
  acceptedShare(): number;
  clear(): void;
}

/**
 * What an accepted call takes away from the evidence, in throttles. Up to one throttle in eleven
 * calls the evidence does not grow: services throttle now and then for reasons that have nothing to
 * do with our rate, and slowing down does not help against those.
 */
const ACCEPTED_WORTH = 0.1;

/**
 * A cumulative sum (CUSUM): it notices soon when the share of throttled calls has become large, and
 * forgets single ones.
 */
export function createThrottleEvidence(): ThrottleEvidence {
  let level = 0;
  let accepted = 0;
  let throttled = 0;

  function clear(): void {
    level = 0;
    accepted = 0;
    throttled = 0;
  }

  return {
    accepted() {
      level = Math.max(0, level - ACCEPTED_WORTH);
      if (level === 0) clear();
      else accepted += 1;
    },
    throttled() {
      level += 1;
      throttled += 1;
    },
    level: () => level,
    acceptedShare: () => (throttled === 0 ? 1 : accepted / (accepted + throttled)),
    clear,
  };
}
