import { findNextMatch } from './calendar-search';
import type { IntervalTimes, ScheduleTimes } from './schedule';
import { createZoneClock } from './zone-clock';
import type { ZoneClock } from './zone-clock';

/** How many times of a schedule, and from when on. */
export interface NextTimesOptions {
  /** Only times after it, ms since 1970. */
  readonly afterMs: number;
  readonly limit: number;
  /** Firings that are left; null when they are not limited. */
  readonly remaining: number | null;
}

/**
 * Computes the next times of a schedule as the server counts them (Temporal 1.32.0), without asking it:
 * those of all its calendars and of its interval, each once, between its start and its end. They are the
 * nominal times, from which the batch ids follow, before any jitter.
 *
 * @param times - when it orders
 * @param options - how many, and from when on
 * @returns ms since 1970, in order; fewer than asked when it ends before
 */
export function listNextTimes(
  times: ScheduleTimes,
  { afterMs, limit, remaining }: NextTimesOptions,
): readonly number[] {
  const clock = createZoneClock(times.timeZone);
  const wanted = Math.min(limit, remaining ?? limit);
  const { startAtMs, endAtMs } = times;
  const found: number[] = [];
  // A second before its start, so that its first second can be one of its times.
  let atSec = toSeconds(startAtMs !== null && afterMs < startAtMs ? startAtMs - 1_000 : afterMs);
  while (found.length < wanted) {
    const nextSec = findNext(times, clock, atSec);
    if (nextSec === null || (endAtMs !== null && nextSec * 1_000 > endAtMs)) break;
    found.push(nextSec * 1_000);
    atSec = nextSec;
  }
  return found;
}

function findNext(
  { calendars, intervals }: ScheduleTimes,
  clock: ZoneClock,
  afterSec: number,
): number | null {
  const nextSec = [
    ...calendars.map((calendar) => findNextMatch({ calendar, clock }, afterSec)),
    ...intervals.map((interval) => toNextOfInterval(interval, afterSec)),
  ].filter((sec) => sec !== null);
  return nextSec.length === 0 ? null : Math.min(...nextSec);
}

function toNextOfInterval({ everyMs, offsetMs }: IntervalTimes, afterSec: number): number {
  const [everySec, offsetSec] = [toSeconds(everyMs), toSeconds(offsetMs)];
  return (Math.floor((afterSec - offsetSec) / everySec) + 1) * everySec + offsetSec;
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
