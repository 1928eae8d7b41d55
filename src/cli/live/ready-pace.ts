import type { SlotCounts } from '../../domain/progress';
import { createGrowthWindow } from './growth-window';
import type { Growth } from './growth-window';
import { createReadyTime } from './ready-time';

/** How fast instances become ready, and how long that may still take; null for what nobody can tell yet. */
export interface ReadyPace {
  readonly perSecond: number | null;
  readonly leftMs: number | null;
}

/** Estimates the pace of one batch from what it says of itself. */
export interface PaceMeter {
  /**
   * Notes the counts at a time and gives the pace.
   *
   * @param atMs - milliseconds since 1970, later than before
   */
  record(counts: SlotCounts, atMs: number): ReadyPace;
}

/** Of a batch at which somebody looks only once. */
export const UNKNOWN_PACE: ReadyPace = { perSecond: null, leftMs: null };

/** Instances get ready in waves: a shorter window sees nothing between two of them, or a straggler. */
const WINDOW_MS = 60_000;

/** One wave is no pace yet. */
const GROWTH_MIN_MS = 5_000;

/** A straggler is none either: so many have to come, or a tenth of a small batch. */
const GROWTH_MIN = 10;
const GROWTH_MIN_SHARE = 0.1;

/**
 * Builds a meter. What is left follows from the time that instances take from bought to ready, where it
 * has seen that; else from the pace of the last minute.
 */
export function createPaceMeter(): PaceMeter {
  const readyWindow = createGrowthWindow(WINDOW_MS);
  const boughtWindow = createGrowthWindow(WINDOW_MS);
  const readyTime = createReadyTime();
  return {
    record(counts, atMs) {
      const { slots, planned, creating, gated, starting, ready, failed } = counts;
      const bought = starting + ready + failed;
      const perSecond = toPerSecond(readyWindow.record(ready, atMs), slots);
      const boughtPerSecond = toPerSecond(boughtWindow.record(bought, atMs), slots);
      const { readyMs, sinceBoughtMs } = readyTime.record({ bought, ready }, atMs);
      const unbought = planned + creating + gated;
      const untilBoughtMs = unbought === 0 ? -sinceBoughtMs : toLeftMs(unbought, boughtPerSecond);
      // While nothing is bought, nobody can tell when it will be.
      if (untilBoughtMs === null) return { perSecond, leftMs: null };
      const leftMs = readyMs === null ? 0 : untilBoughtMs + readyMs;
      return { perSecond, leftMs: leftMs > 0 ? leftMs : toLeftMs(unbought + starting, perSecond) };
    },
  };
}

function toPerSecond(growth: Growth | null, slots: number): number | null {
  if (growth === null || growth.durationMs < GROWTH_MIN_MS) return null;
  if (growth.count < Math.min(GROWTH_MIN, slots * GROWTH_MIN_SHARE)) return null;
  return (growth.count * 1_000) / growth.durationMs;
}

function toLeftMs(count: number, perSecond: number | null): number | null {
  return perSecond === null || perSecond <= 0 || count === 0 ? null : (count * 1_000) / perSecond;
}
