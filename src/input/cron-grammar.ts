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

/** In words, since the texts of the library are about its own parts. */
const RANGES: Readonly<Record<CalendarField, string>> = {
  second: '0 to 59',
  minute: '0 to 59',
  hour: '0 to 23',
  dayOfMonth: '1 to 31',
  month: '1 to 12 or JAN to DEC',
  dayOfWeek: '0 to 7 or SUN to SAT, of which 0 and 7 are Sunday',
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
    // Once more the same is nothing to the server, and an error to the library.
    const parts = [...new Set(text.toUpperCase().split(','))];
    const values = parts.map((part) => readPart(field, part));
    const wrong = parts.filter((_part, at) => values[at] === null);
    if (wrong.length === 0) return toAscending(values.flatMap((some) => some ?? []));
    return `cannot be read: ${wrong.map((part) => `"${part}"`).join(', ')}. It takes ${RANGES[field]}.`;
  },
};

/** Null for what is none of the field's values, or not written as cron has it. */
function readPart(field: CalendarField, part: string): readonly number[] | null {
  if (part === '') return null;
  const expression = EVERY.with(CALENDAR_FIELDS.indexOf(field), part).join(' ');
  try {
    const { values } = CronExpressionParser.parse(expression).fields[field];
    return (values as readonly number[]).map((value) => toServerValue(field, value));
  } catch {
    return null;
  }
}

/** Sunday may be written as 7. */
function toServerValue(field: CalendarField, value: number): number {
  return field === 'dayOfWeek' ? value % 7 : value;
}

function toAscending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((left, right) => left - right);
}
