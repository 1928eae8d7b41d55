/** A stretch of time with both ends, ms since 1970. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * What is left of a range without the times that have a batch already: a back-fill never orders for
 * them again.
 *
 * @param range - what is to be filled
 * @param knownMs - nominal times of batches, whole seconds, in any order
 * @returns ranges in order; empty when nothing is left
 */
export function splitRange(range: TimeRange, knownMs: Iterable<number>): readonly TimeRange[] {
  const known = [...new Set(knownMs)]
    .filter((atMs) => atMs >= range.fromMs && atMs <= range.toMs)
    .sort((left, right) => left - right);
  const ranges: TimeRange[] = [];
  let { fromMs } = range;
  for (const atMs of known) {
    if (atMs > fromMs) ranges.push({ fromMs, toMs: atMs - 1 });
    fromMs = atMs + 1;
  }
  if (fromMs <= range.toMs) ranges.push({ fromMs, toMs: range.toMs });
  return ranges;
}
