import type { CalendarTimes } from './calendar-times';
import { YEAR_RULE } from './check-calendars';
import type { ZoneClock } from './zone-clock';

/** A calendar, and by which clock it is read. */
export interface CalendarClock {
  readonly calendar: CalendarTimes;
  readonly clock: ZoneClock;
}

/** Where a search stands: an hour of the clock, counted from 1970, and a second within it. */
interface Place {
  readonly hour: number;
  readonly second: number;
}

const HOUR_SEC = 3_600;
const DAY_HOURS = 24;
const DAYS_OF_WEEK = 7;

/**
 * Finds the first moment after another one that a calendar matches, as the server finds it (Temporal
 * 1.32.0): hour by hour of the clock. What comes of it where the clock changes is told in
 * docs/schedules.md.
 *
 * @param search - the calendar with its clock
 * @param afterSec - seconds since 1970
 * @returns seconds since 1970; null when it matches nothing any more
 */
export function findNextMatch(search: CalendarClock, afterSec: number): number | null {
  const { calendar, clock } = search;
  const from = toPlace(clock.toClock(afterSec));
  let place: Place = { ...from, second: from.second + 1 };
  let shiftSec = isSecondCopy(clock, afterSec) ? HOUR_SEC : 0;
  for (;;) {
    const found = findHour(search, place);
    if (found === null) return null;
    const { hour } = found;
    if (hour !== place.hour) shiftSec = 0;
    const second = findSecond(calendar, found.second);
    if (second !== null) {
      const atSec = clock.toMoment(hour * HOUR_SEC + second);
      if (isShowing(clock, atSec, hour)) return atSec + shiftSec;
    }
    const isAgain = second === null && shiftSec === 0 && isBeforeSecondCopy(clock, hour);
    shiftSec = isAgain ? HOUR_SEC : 0;
    place = { hour: isAgain ? hour : hour + 1, second: 0 };
  }
}

/** Whether the clock shows an hour of the day; it does not where a change of the clock skips that hour. */
function isShowing(clock: ZoneClock, atSec: number, hour: number): boolean {
  return toHourOfDay(toPlace(clock.toClock(atSec)).hour) === toHourOfDay(hour);
}

/** Whether the clock has shown this hour once already. */
function isSecondCopy(clock: ZoneClock, atSec: number): boolean {
  return isShowing(clock, atSec - HOUR_SEC, toPlace(clock.toClock(atSec)).hour);
}

/** Whether an hour passes between this one and the next that the search would not see. */
function isBeforeSecondCopy(clock: ZoneClock, hour: number): boolean {
  return clock.toMoment((hour + 1) * HOUR_SEC) - clock.toMoment(hour * HOUR_SEC) > HOUR_SEC;
}

/** The first place from here on whose day and hour match; null when there is none. */
function findHour({ calendar, clock }: CalendarClock, from: Place): Place | null {
  let { hour, second } = from;
  for (;;) {
    const date = new Date(hour * HOUR_SEC * 1_000);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth() + 1;
    if (year > YEAR_RULE.max) return null;
    if (!isOf(calendar.year, year)) hour = toHour(year + 1, 0);
    else if (!calendar.month.includes(month)) hour = toHour(year, month);
    else if (isDayMatching({ calendar, clock }, hour)) {
      const found = calendar.hour.find((value) => value >= toHourOfDay(hour));
      if (found === toHourOfDay(hour)) return { hour, second };
      if (found !== undefined) return { hour: hour - toHourOfDay(hour) + found, second: 0 };
      hour += DAY_HOURS - toHourOfDay(hour);
    } else hour += DAY_HOURS - toHourOfDay(hour);
    second = 0;
  }
}

function isDayMatching({ calendar, clock }: CalendarClock, hour: number): boolean {
  const { dayOfMonth, dayOfWeek } = calendar;
  const clockSec = hour * HOUR_SEC;
  if (!dayOfMonth.includes(new Date(clockSec * 1_000).getUTCDate())) return false;
  if (dayOfWeek.length === DAYS_OF_WEEK) return true;
  // Not that of the date: a midnight that the clock skips can be shown as an hour of the day before.
  const shownSec = clock.toClock(clock.toMoment(clockSec));
  return dayOfWeek.includes(new Date(shownSec * 1_000).getUTCDay());
}

/** The first second of an hour from one on that matches; null when there is none. */
function findSecond({ minute, second }: CalendarTimes, from: number): number | null {
  for (const value of minute) {
    const first = second.find((one) => value * 60 + one >= from);
    if (first !== undefined) return value * 60 + first;
  }
  return null;
}

function isOf(values: readonly number[], value: number): boolean {
  return values.length === 0 || values.includes(value);
}

function toPlace(clockSec: number): Place {
  const hour = Math.floor(clockSec / HOUR_SEC);
  return { hour, second: clockSec - hour * HOUR_SEC };
}

function toHourOfDay(hour: number): number {
  return ((hour % DAY_HOURS) + DAY_HOURS) % DAY_HOURS;
}

/** The first hour of a month; months count from 0 here, and may pass December. */
function toHour(year: number, month: number): number {
  return Date.UTC(year, month, 1) / (HOUR_SEC * 1_000);
}
