import type { BatchProgress } from '../../domain/progress';
import { createGrowthWindow } from './growth-window';

/** Tells delays that still grow from those that are over. */
export interface DelayNews {
  /**
   * Notes what a batch says, and gives it without its delays when they have not grown of late.
   *
   * @param progress - the batch's own answer
   * @param atMs - milliseconds since 1970
   */
  take(progress: BatchProgress, atMs: number): BatchProgress;
}

/** Longer than a create attempt takes, which tells of its delays when it ends. */
const WINDOW_MS = 90_000;

/** Builds it for one batch; what is said at the first look counts as news. */
export function createDelayNews(): DelayNews {
  const total = createGrowthWindow(WINDOW_MS);
  return {
    take(progress, atMs) {
      const { delays, ...rest } = progress;
      if (delays === undefined) return progress;
      const growth = total.record(delays.throttled + delays.waitedMs, atMs);
      return growth?.count === 0 ? rest : progress;
    },
  };
}
