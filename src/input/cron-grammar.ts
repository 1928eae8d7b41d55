import { CronExpressionParser } from 'cron-parser';
import { CALENDAR_FIELDS } from '../domain/schedule/calendar-times';
import type { CalendarField, CronGrammar } from '../domain/schedule/calendar-times';

const MONTHS = 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC';
const DAYS = 'SUN|MON|TUE|WED|THU|FRI|SAT';

/** What the server knows too: no L, W, # or H, which the library would take. */
const ALLOWED: Readonly<Record<CalendarField, RegExp>> = {
  second: /^[0-9*,/-]{1,200}$/,
  minute: /^[0-9*,/-]{1,200}$/,
  hour: /^[0-9*,/-]{1,200}$/,
  dayOfMonth: /^[0-9*,/-]{1,200}$/,
  month: new RegExp(`^(?:[0-9*,/-]|${MONTHS}){1,200}$`, 'i'),
  dayOfWeek: new RegExp(`^(?:[0-9*,/-]|${DAYS}){1,200}$`, 'i'),
};

const EVERY = ['0', '0', '0', '*', '*', '*'];

/** The grammar of cron, as a library reads it. */
export const CRON_GRAMMAR: CronGrammar = {
  readField(field, text) {
    if (!ALLOWED[field].test(text)) {
      const names =
        field === 'month' || field === 'dayOfWeek' ? ' and names such as MON or JAN' : '';
      return `may hold numbers, * , - and /${names}; it has something else.`;
    }
    const expression = EVERY.with(CALENDAR_FIELDS.indexOf(field), text).join(' ');
    try {
      const { values } = CronExpressionParser.parse(expression).fields[field];
      return toAscending((values as readonly number[]).map((value) => toServerValue(field, value)));
    } catch (error) {
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
    }
  },
};

/** Sunday may be written as 7. */
function toServerValue(field: CalendarField, value: number): number {
  return field === 'dayOfWeek' ? value % 7 : value;
}

function toAscending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((left, right) => left - right);
}
