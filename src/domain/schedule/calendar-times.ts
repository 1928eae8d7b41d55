/** Fields of a calendar, in the order of cron. */
export const CALENDAR_FIELDS = [
  ...(['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const),
] as const;

/** One field of a calendar. */
export type CalendarField = (typeof CALENDAR_FIELDS)[number];

/**
 * Times that match every field, each a list of values in ascending order. Sunday is 0, January 1. It is
 * the meaning of a line of cron, and what the server keeps of it.
 */
export interface CalendarTimes extends Readonly<Record<CalendarField, readonly number[]>> {
  /** Empty for every year. */
  readonly year: readonly number[];
  /** As it was written, for people. */
  readonly text: string;
}

/** The grammar of a field of cron, which a library knows. */
export interface CronGrammar {
  /**
   * @param field - which field
   * @param text - such as `1-5`, `*\/15` or `MON,FRI`
   * @returns its values in ascending order, or why it has none, as the end of a sentence
   */
  readField(field: CalendarField, text: string): readonly number[] | string;
}

/** The same text for calendars that match the same times, however they were written. */
export function toCalendarKey(calendar: CalendarTimes): string {
  return [...CALENDAR_FIELDS.map((field) => calendar[field]), calendar.year]
    .map((values) => values.join(','))
    .join(' ');
}
