import { DAYS_OF_WEEK, MONTHS } from '@temporalio/client';
import type { CalendarSpec, CalendarSpecDescription } from '@temporalio/client';
import type { CalendarTimes } from '../../domain/schedule/calendar-times';

/** Values of one field without gaps, both ends included. */
interface Run<Unit> {
  readonly start: Unit;
  readonly end: Unit;
}

/** A calendar as the server takes it: by runs of values, so that its UI shows `MONDAY` to `FRIDAY`. */
export function toCalendarSpec(calendar: CalendarTimes): CalendarSpec {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek, year, text } = calendar;
  return {
    ...{ second: toRuns(second), minute: toRuns(minute), hour: toRuns(hour) },
    dayOfMonth: toRuns(dayOfMonth),
    month: nameRuns(toRuns(month), MONTHS, 1),
    dayOfWeek: nameRuns(toRuns(dayOfWeek), DAYS_OF_WEEK, 0),
    ...(year.length === 0 ? {} : { year: toRuns(year) }),
    comment: text,
  };
}

/** A calendar as the server has it, by the values that it matches. */
export function fromCalendarSpec(calendar: CalendarSpecDescription): CalendarTimes {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek, year, comment } = calendar;
  return {
    ...{ second: toValues(second), minute: toValues(minute), hour: toValues(hour) },
    dayOfMonth: toValues(dayOfMonth),
    month: toValues(month.map((range) => numberRange(range, MONTHS, 1))),
    dayOfWeek: toValues(dayOfWeek.map((range) => numberRange(range, DAYS_OF_WEEK, 0))),
    year: toValues(year),
    text: comment ?? '',
  };
}

function toRuns(values: readonly number[]): Run<number>[] {
  const runs: { start: number; end: number }[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last !== undefined && last.end + 1 === value) last.end = value;
    else runs.push({ start: value, end: value });
  }
  return runs;
}

function nameRuns<Name>(
  runs: readonly Run<number>[],
  names: readonly Name[],
  first: number,
): Run<Name>[] {
  return runs.map(({ start, end }) => ({ start: names[start - first]!, end: names[end - first]! }));
}

interface Range<Unit> extends Run<Unit> {
  readonly step: number;
}

function numberRange<Name>(
  { start, end, step }: Range<Name>,
  names: readonly Name[],
  first: number,
): Range<number> {
  return { start: names.indexOf(start) + first, end: names.indexOf(end) + first, step };
}

function toValues(ranges: readonly Range<number>[]): readonly number[] {
  const values = new Set<number>();
  for (const { start, end, step } of ranges) {
    for (let value = start; value <= end; value += Math.max(1, step)) values.add(value);
  }
  return [...values].sort((left, right) => left - right);
}
