import { formatExactDuration } from '../duration';
import type { RequestDifference } from '../request-difference';
import { listDifferences } from '../request-difference';
import { toCalendarKey } from './calendar-times';
import type { IntervalTimes, Schedule, ScheduleTimes } from './schedule';

/** A schedule as the server has it. */
export interface KnownSchedule extends Omit<Schedule, 'request' | 'isPaused'> {
  readonly isPaused: boolean;
  /** Null when what it orders is no valid request. */
  readonly request: Schedule['request'] | null;
  /** What is started, under which id, on which queue. */
  readonly action: string;
}

/**
 * Lists in what the server's schedule is not that of the file. Times are compared by what they mean and
 * not by how they are written.
 *
 * @param before - as the server has it
 * @param now - as the file has it
 * @param action - what a schedule of ours starts
 */
export function listScheduleDifferences(
  before: KnownSchedule,
  now: Schedule,
  action: string,
): readonly RequestDifference[] {
  const isPausedWanted = now.isPaused ?? before.isPaused;
  const pairs = [
    ['times', ...toTimesPair(before.times, now.times)],
    ['timeZone', before.times.timeZone, now.times.timeZone],
    ['jitter', formatExactDuration(before.times.jitterMs), formatExactDuration(now.times.jitterMs)],
    ['startAt', formatMoment(before.times.startAtMs), formatMoment(now.times.startAtMs)],
    ['endAt', formatMoment(before.times.endAtMs), formatMoment(now.times.endAtMs)],
    ['firings', before.rules.firings ?? undefined, now.rules.firings ?? undefined],
    ['overlap', before.rules.overlap, now.rules.overlap],
    [
      'catchUp',
      formatExactDuration(before.rules.catchUpMs),
      formatExactDuration(now.rules.catchUpMs),
    ],
    ['pauseOnFailure', before.rules.pauseOnFailure, now.rules.pauseOnFailure],
    ['paused', before.isPaused, isPausedWanted],
    ['action', before.action, action],
  ] as const;
  return [
    ...pairs
      .filter(([, was, is]) => was !== is)
      .map(([key, was, is]) => ({ path: [key], before: was, now: is })),
    ...listRequestDifferences(before, now),
  ];
}

function listRequestDifferences(
  { request }: KnownSchedule,
  now: Schedule,
): readonly RequestDifference[] {
  const path = ['request'];
  if (request === null) return [{ path, before: 'not valid', now: now.document }];
  return listDifferences(request, now.request).map((one) => ({
    ...one,
    path: [...path, ...one.path],
  }));
}

/** The texts of both when they mean different times; else twice the same. */
function toTimesPair(before: ScheduleTimes, now: ScheduleTimes): readonly [string, string] {
  const texts = [before, now].map(formatTimes);
  const keys = [before, now].map(toTimesKey);
  if (keys[0] === keys[1]) return ['', ''];
  // Written alike, and yet another time: then the values themselves have to tell.
  return texts[0] === texts[1] ? [keys[0]!, keys[1]!] : [texts[0]!, texts[1]!];
}

function toTimesKey({ calendars, intervals }: ScheduleTimes): string {
  return [...calendars.map(toCalendarKey), ...intervals.map(formatInterval)].sort().join('; ');
}

/** When a schedule orders, as people write it. */
export function formatTimes({ calendars, intervals }: ScheduleTimes): string {
  const texts = calendars.map((calendar) => calendar.text || toCalendarKey(calendar));
  return [...texts, ...intervals.map(formatInterval)].join('; ');
}

function formatInterval({ everyMs, offsetMs }: IntervalTimes): string {
  const offset = offsetMs === 0 ? '' : ` + ${formatExactDuration(offsetMs)}`;
  return `every ${formatExactDuration(everyMs)}${offset}`;
}

function formatMoment(atMs: number | null): string | undefined {
  return atMs === null ? undefined : new Date(atMs).toISOString();
}
