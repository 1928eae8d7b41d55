/** By how much a count has grown, and over which time. */
export interface Growth {
  readonly count: number;
  readonly durationMs: number;
}

/** Looks back on a count. */
export interface GrowthWindow {
  /**
   * Notes the count at a time and gives the growth in the window, from the last look before it began.
   *
   * @param atMs - milliseconds since 1970, later than before
   * @returns null at the first look, and after a silence longer than the window
   */
  record(count: number, atMs: number): Growth | null;
}

/**
 * Builds a window.
 *
 * @param windowMs - how far it looks back, in milliseconds
 */
export function createGrowthWindow(windowMs: number): GrowthWindow {
  let looks: readonly { readonly count: number; readonly atMs: number }[] = [];
  return {
    record(count, atMs) {
      const now = { count, atMs };
      const known = looks.filter((look) => look.atMs > atMs - windowMs);
      const [oldest = now] = known;
      // The quiet before a growth is no part of it: it would make any pace look slow.
      const begin = known.findLast((look) => look.count === oldest.count) ?? now;
      looks = [...known.slice(known.indexOf(begin)), now];
      if (known.length === 0) return null;
      return { count: count - begin.count, durationMs: atMs - begin.atMs };
    },
  };
}
