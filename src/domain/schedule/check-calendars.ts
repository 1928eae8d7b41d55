import { ObjectReader, type ObjectShape } from '../check-object';
import { LIMITS } from '../limits';
import type { CalendarField, CalendarTimes, CronGrammar } from './calendar-times';
import { CALENDAR_FIELDS } from './calendar-times';

/** Keys of an entry of `calendars`. */
export const CALENDAR_SHAPE: ObjectShape = {
  required: {},
  optional: [...CALENDAR_FIELDS, 'year'],
};

/** Years that a calendar may name: those of the server (Temporal 1.32.0). */
export const YEAR_RULE = { min: 2000, max: 2100 } as const;

/** What a field that is left out stands for, as on the server: midnight of every day. */
const FIELD_DEFAULTS: Readonly<Record<CalendarField, string>> = {
  ...{ second: '0', minute: '0', hour: '0' },
  ...{ dayOfMonth: '*', month: '*', dayOfWeek: '*' },
};

/** The five fields of a line of cron. */
const CRON_FIELDS = CALENDAR_FIELDS.slice(1);
const CRON_HINT = 'such as "30 2 * * 1-5": minute, hour, day of month, month, day of week';

/**
 * Reads the lines of `cron`: one, or a list of them.
 *
 * @param reader - the schedule
 * @param grammar - the grammar of a field
 */
export function checkCron(reader: ObjectReader, grammar: CronGrammar): readonly CalendarTimes[] {
  const raw = reader.raw('cron');
  const lines =
    typeof raw === 'string' ? [raw] : reader.list('cron', { min: 1, max: LIMITS.timesMax });
  const report = (index: number, message: string): void => {
    const { path, problems } =
      typeof raw === 'string' ? reader.below('cron') : reader.below('cron', index);
    problems.push({ path, code: 'not-allowed', message });
  };
  return lines.flatMap((line, index) => {
    const read = readCronLine(line, grammar);
    if (typeof read !== 'string') return [read];
    report(index, read);
    return [];
  });
}

function readCronLine(line: unknown, grammar: CronGrammar): CalendarTimes | string {
  const texts = typeof line === 'string' ? line.trim().split(/\s+/) : [];
  if (typeof line !== 'string' || texts.length !== CRON_FIELDS.length) {
    return `must be a line of cron with five fields, ${CRON_HINT}.`;
  }
  const [, , dayOfMonth, , dayOfWeek] = texts;
  if (dayOfMonth !== '*' && dayOfWeek !== '*') {
    return (
      'names days of the month and of the week, which cron takes for "either" and the server for ' +
      '"both"; write an entry of calendars, where both must match, or two lines.'
    );
  }
  const fields: Partial<Record<CalendarField, readonly number[]>> = {};
  const wrong: string[] = [];
  for (const [at, field] of CRON_FIELDS.entries()) {
    const values = grammar.readField(field, texts[at]!);
    if (typeof values === 'string')
      wrong.push(`has ${field === 'hour' ? 'an' : 'a'} ${field} that ${values}`);
    else fields[field] = values;
  }
  if (wrong.length > 0) return wrong.join(' It ');
  return { ...EVERY_MINUTE, ...fields, second: [0], text: texts.join(' ') };
}

const EVERY_MINUTE: CalendarTimes = {
  ...{ second: [], minute: [], hour: [], dayOfMonth: [], month: [], dayOfWeek: [] },
  ...{ year: [], text: '' },
};

/**
 * Reads the entries of `calendars`, whose fields are written as in cron and must all match.
 *
 * @param reader - the schedule
 * @param grammar - the grammar of a field
 */
export function checkCalendars(
  reader: ObjectReader,
  grammar: CronGrammar,
): readonly CalendarTimes[] {
  const entries = reader.list('calendars', { min: 1, max: LIMITS.timesMax });
  return entries.map((entry, index) => {
    const calendar = new ObjectReader(entry, CALENDAR_SHAPE, reader.below('calendars', index));
    const fields = Object.fromEntries(
      CALENDAR_FIELDS.map((field) => [field, checkField(calendar, field, grammar)]),
    ) as Record<CalendarField, readonly number[]>;
    return { ...fields, year: checkYears(calendar), text: toText(calendar) };
  });
}

function checkField(
  reader: ObjectReader,
  field: CalendarField,
  grammar: CronGrammar,
): readonly number[] {
  const raw = reader.raw(field) ?? FIELD_DEFAULTS[field];
  if (typeof raw !== 'string' && typeof raw !== 'number') {
    reader.report(field, 'wrong-type', 'must be a number, or text as in cron, such as "1-5".');
    return [];
  }
  const values = grammar.readField(field, String(raw));
  if (typeof values !== 'string') return values;
  reader.report(field, 'not-allowed', values);
  return [];
}

function checkYears(reader: ObjectReader): readonly number[] {
  if (typeof reader.raw('year') === 'number') {
    const year = reader.integer('year', YEAR_RULE);
    return year === undefined ? [] : [year];
  }
  const years = reader.list('year', { min: 1, max: LIMITS.timesMax });
  const { min, max } = YEAR_RULE;
  const isYear = (year: unknown): year is number =>
    Number.isInteger(year) && (year as number) >= min && (year as number) <= max;
  if (!years.every(isYear)) {
    reader.report('year', 'out-of-range', `must be whole numbers from ${min} to ${max}.`);
    return [];
  }
  return [...new Set(years)].sort((left, right) => left - right);
}

/** The fields that are written, as `hour 2, dayOfWeek MON-FRI`. */
function toText(reader: ObjectReader): string {
  return CALENDAR_SHAPE.optional
    .filter((field) => reader.has(field))
    .map((field) => `${field} ${[reader.raw(field)].flat().join(',')}`)
    .join(', ');
}
