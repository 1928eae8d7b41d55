/** Measures how fast a count grows, over the last minute. */
export interface RateMeter {
  /**
   * Notes the count at a time and gives the growth a second over the window.
   *
   * @returns null until there are two samples
   */
  record(count: number, atMs: number): number | null;
}

/** Instances get ready in waves: a shorter window sees nothing between two of them, or a straggler. */
const WINDOW_MS = 60_000;

/**
 * Builds a meter.
 *
 * @param windowMs - how far it looks back, in milliseconds
 */
export function createRateMeter(windowMs: number = WINDOW_MS): RateMeter {
  let samples: { readonly count: number; readonly atMs: number }[] = [];
  return {
    record(count, atMs) {
      samples = samples.filter((sample) => sample.atMs > atMs - windowMs);
      samples.push({ count, atMs });
      const first = samples[0];
      if (first === undefined || first.atMs === atMs) return null;
      return ((count - first.count) * 1_000) / (atMs - first.atMs);
    },
  };
}
