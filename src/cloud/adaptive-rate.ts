import { toRecoveredRate } from './recovery-curve';
import type { Recovery } from './recovery-curve';
import { createThrottleEvidence } from './throttle-evidence';

/** Bounds of a rate, calls a second. */
export interface RateBounds {
  readonly startPerSecond: number;
  readonly minPerSecond: number;
  readonly maxPerSecond: number;
}

/** A call that was answered; times by a monotonic clock. */
export interface AnsweredCall {
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
  /** Whether it had to wait for its turn: only then does the rate hold anything back. */
  readonly wasQueued: boolean;
}

/** A rate that finds the service's limit by itself, so that workers share it without talking. */
export interface AdaptiveRate {
  /** Calls a second, as of now. */
  perSecond(): number;
  /** The service took the call; when it had to wait for its turn, the service may allow more. */
  accepted(call: AnsweredCall): void;
  /** The service refused the call as one too many. */
  throttled(call: AnsweredCall): void;
}

/**
 * What an accepted call adds up to the first cut, as a share of the rate; at least one call a second.
 * The higher the rate that has worked, the less likely is a limit of a few calls a second.
 */
const FIRST_CLIMB_SHARE = 0.05;

/** Evidence, in throttles, that cuts the rate. */
const CUT_LEVEL = 2;

/** Evidence, in throttles, from which the first climb holds still: it doubles the rate in no time. */
const HOLD_LEVEL = 0.5;

/** One cut at most halves: a few answers are a poor measure of the limit. */
const CUT_MAX_FACTOR = 0.5;

/** Below the share that was accepted, so that what others have queued gets through. */
const CUT_MARGIN = 0.95;
const CUT_MIN_FACTOR = 0.85;

/** What remains of the anchor when no call at all was accepted, and nothing is known of the limit. */
const UNKNOWN_FACTOR = 0.85;

/** How far the anchor follows a probe that was throttled: with others at work, it often is chance. */
const PROBE_WEIGHT = 0.25;

/** Where the climb begins again after a probe beyond the anchor was throttled, as a share of it. */
const PROBE_CUT_FACTOR = 0.75;

/** Longest time between two calls that counts as climbing, ms. */
const CLIMB_STEP_MAX_MS = 2_000;

/**
 * Up to the first cut every accepted call adds to the rate (the "slow start" of TCP). Then the
 * rate follows a recovery curve around the rate at which the last cut happened:
 *
 * - below that rate a single throttle means nothing, since that rate has worked; only
 *   evidence of more than chance cuts, and it cuts to the share that was accepted;
 * - beyond it one throttle ends the probe, and the believed limit moves a part of the way.
 *
 * Calls that were sent before a cut tell nothing about the rate after it, so they count neither way.
 */
export function createAdaptiveRate(bounds: RateBounds): AdaptiveRate {
  const clamp = (rate: number): number =>
    Math.min(Math.max(rate, bounds.minPerSecond), bounds.maxPerSecond);
  const evidence = createThrottleEvidence();
  let rate = clamp(bounds.startPerSecond);
  let recovery: Recovery | null = null;
  let climbedMs = 0;
  let climbedAtMs = 0;
  let cutAtMs = -Infinity;

  function climb(nowMs: number): void {
    if (recovery === null) {
      if (evidence.level() < HOLD_LEVEL) rate = clamp(rate + Math.max(1, rate * FIRST_CLIMB_SHARE));
      return;
    }
    climbedMs += Math.min(nowMs - climbedAtMs, CLIMB_STEP_MAX_MS);
    climbedAtMs = nowMs;
    rate = clamp(toRecoveredRate(recovery, climbedMs));
  }

  function restart(next: Recovery, nowMs: number): void {
    rate = clamp(next.floorPerSecond);
    recovery = { floorPerSecond: rate, anchorPerSecond: Math.max(next.anchorPerSecond, rate) };
    climbedMs = 0;
    climbedAtMs = nowMs;
    cutAtMs = nowMs;
    evidence.clear();
  }

  return {
    perSecond: () => rate,
    accepted({ sentAtMs, answeredAtMs, wasQueued }) {
      if (sentAtMs <= cutAtMs) return;
      evidence.accepted();
      if (wasQueued) climb(answeredAtMs);
    },
    throttled({ sentAtMs, answeredAtMs }) {
      // A rate without a limit has no half.
      if (sentAtMs <= cutAtMs || !Number.isFinite(rate)) return;
      evidence.throttled();
      const anchor = recovery?.anchorPerSecond ?? null;
      if (evidence.level() >= CUT_LEVEL) {
        restart(toCut(rate, evidence.acceptedShare(), anchor), answeredAtMs);
      } else if (anchor !== null && rate > anchor) {
        restart(toProbeEnd(rate, anchor), answeredAtMs);
      }
    },
  };
}

function toCut(rate: number, acceptedShare: number, anchor: number | null): Recovery {
  const factor = Math.min(Math.max(acceptedShare * CUT_MARGIN, CUT_MAX_FACTOR), CUT_MIN_FACTOR);
  const anchorPerSecond =
    acceptedShare > 0
      ? rate * Math.max(acceptedShare, CUT_MAX_FACTOR)
      : Math.max(rate, anchor ?? 0) * UNKNOWN_FACTOR;
  return { floorPerSecond: rate * factor, anchorPerSecond };
}

function toProbeEnd(rate: number, anchor: number): Recovery {
  const anchorPerSecond = anchor + (rate - anchor) * PROBE_WEIGHT;
  return { floorPerSecond: anchorPerSecond * PROBE_CUT_FACTOR, anchorPerSecond };
}
