import { formatDuration } from '../../../domain/duration';

/**
 * A count with thousands separators: `1,000`.
 *
 * @param count - a whole number
 */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/**
 * A count with its noun: `1 instance`, `1,000 instances`.
 *
 * @param count - a whole number
 * @param noun - in the singular
 * @param plural - with an s when left out
 */
export function formatCountOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/**
 * A time that has passed, in whole seconds: a clock that shows milliseconds looks like a measurement.
 *
 * @param durationMs - milliseconds
 */
export function formatElapsed(durationMs: number): string {
  return formatDuration(Math.floor(durationMs / 1_000) * 1_000);
}

/**
 * A time of day in UTC: `06:51:12Z`.
 *
 * @param atMs - milliseconds since 1970
 */
export function formatTimeOfDay(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(11, 19)}Z`;
}
