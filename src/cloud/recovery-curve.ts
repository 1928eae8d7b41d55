/** Where a climb starts, and what it heads for; calls a second. */
export interface Recovery {
  /** The rate right after the cut. */
  readonly floorPerSecond: number;
  /** The rate that is believed to be the limit. */
  readonly anchorPerSecond: number;
}

/**
 * Calls that the way back to the anchor takes at least: with fewer there is too little evidence, and
 * a worker that has a small share of the limit would probe too often.
 */
const CALLS_TO_ANCHOR = 60;
const TO_ANCHOR_MIN_MS = 5_000;
const TO_ANCHOR_MAX_MS = 15_000;

/** Beyond the anchor: a twentieth of it more after this time, and 40 % after twice the time. */
const PROBE_MS = 6_000;
const PROBE_SHARE = 0.05;

/**
 * The rate after some time of climbing, calls a second. The curve is that of CUBIC (RFC 9438): quickly
 * up to just below the rate that last worked, slowly past it, and then faster and faster, since a
 * limit that has gone is best found soon.
 *
 * @param climbedMs - for how long calls have queued and been accepted since the cut
 */
export function toRecoveredRate(recovery: Recovery, climbedMs: number): number {
  const { floorPerSecond, anchorPerSecond } = recovery;
  const toAnchorMs = Math.min(
    Math.max((CALLS_TO_ANCHOR / anchorPerSecond) * 1_000, TO_ANCHOR_MIN_MS),
    TO_ANCHOR_MAX_MS,
  );
  if (climbedMs < toAnchorMs) {
    const missing = (1 - climbedMs / toAnchorMs) ** 3;
    return anchorPerSecond - (anchorPerSecond - floorPerSecond) * missing;
  }
  return anchorPerSecond * (1 + PROBE_SHARE * ((climbedMs - toAnchorMs) / PROBE_MS) ** 3);
}
