import type { ObjectReader } from './check-object';
import { formatDuration, parseDuration } from './duration';
import { LIMITS } from './limits';

/** Durations that are allowed, with both ends. */
export interface DurationRule {
  /** A second when left out. */
  readonly minMs?: number;
  readonly maxMs: number;
}

/**
 * Reads a duration with units, such as `30m`.
 *
 * @param reader - the object
 * @param key - its key
 * @param rule - shortest and longest
 * @returns milliseconds; undefined when the key is absent or wrong
 */
export function checkDuration(
  reader: ObjectReader,
  key: string,
  { minMs = LIMITS.durationMinMs, maxMs }: DurationRule,
): number | undefined {
  const value = reader.raw(key);
  if (value === undefined) return undefined;
  const durationMs = typeof value === 'string' ? parseDuration(value) : null;
  if (durationMs === null) {
    const hint = typeof value === 'number' ? ` The number ${value} has no unit.` : '';
    const message = `must be a duration with units, such as 90s, 30m or 24h.${hint}`;
    return reader.report(key, 'wrong-type', message);
  }
  if (durationMs >= minMs && durationMs <= maxMs) return durationMs;
  const range = `from ${formatDuration(minMs)} to ${formatDuration(maxMs)}`;
  return reader.report(key, 'out-of-range', `must be ${range}.`);
}
