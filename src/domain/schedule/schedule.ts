import type { BatchRequest } from '../batch-request';
import type { CalendarTimes } from './calendar-times';

/** The only version of the file of schedules. */
export const SCHEDULES_VERSION = 'tairfleet/schedules/v1';

/** What happens at a time whose batch before is still open. */
export const OVERLAPS = ['skip', 'bufferOne', 'bufferAll', 'allowAll'] as const;

/**
 * - `skip`: nothing is ordered;
 * - `bufferOne`: one batch waits for the end of the open one;
 * - `bufferAll`: every batch waits for its turn;
 * - `allowAll`: it starts beside the open one.
 */
export type Overlap = (typeof OVERLAPS)[number];

/** Which schedule. */
export interface ScheduleKey {
  readonly tenant: string;
  readonly name: string;
}

/** Every so often, counted from 1970. */
export interface IntervalTimes {
  readonly everyMs: number;
  /** How much later than the beginning of each interval, ms. */
  readonly offsetMs: number;
}

/** When a schedule orders. */
export interface ScheduleTimes {
  readonly calendars: readonly CalendarTimes[];
  readonly intervals: readonly IntervalTimes[];
  /** Name of the tz database, for the calendars. */
  readonly timeZone: string;
  /** Each time is moved by chance, by so much at most, ms. */
  readonly jitterMs: number;
  readonly startAtMs: number | null;
  readonly endAtMs: number | null;
}

/** What else decides whether it orders at one of its times. */
export interface ScheduleRules {
  readonly overlap: Overlap;
  /** How long a time may have been missed and is still ordered for, ms. */
  readonly catchUpMs: number;
  /** Whether a batch that fails at its door pauses the schedule. */
  readonly pauseOnFailure: boolean;
  /** How often it orders until it is over; null for ever. */
  readonly firings: number | null;
}

/** A checked schedule with its defaults filled in. */
export interface Schedule extends ScheduleKey {
  readonly times: ScheduleTimes;
  readonly rules: ScheduleRules;
  /** Null leaves that to whoever pauses and resumes it. */
  readonly isPaused: boolean | null;
  /** The batch request as it was written; a batch id comes from each time. */
  readonly document: unknown;
  /** The same, checked, under the name of the schedule. */
  readonly request: BatchRequest;
}

/** A checked file: all schedules of a tenant that somebody looks after by it. */
export interface ScheduleFile {
  readonly tenant: string;
  readonly schedules: readonly Schedule[];
}

/** Defaults of a schedule, each with its reason. */
export const SCHEDULE_DEFAULTS = {
  timeZone: 'UTC',
  /** Two batches of one schedule at a time are hardly ever meant. */
  overlap: 'skip',
  /** The server's own is a year, and after an outage that means late purchases. */
  catchUpMs: 10 * 60_000,
  pauseOnFailure: true,
} as const;
