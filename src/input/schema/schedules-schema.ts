import { CALENDAR_FIELDS } from '../../domain/schedule/calendar-times';
import { CALENDAR_SHAPE, YEAR_RULE } from '../../domain/schedule/check-calendars';
import { MOMENT_RULE, TIME_ZONE_RULE } from '../../domain/schedule/check-moment';
import { SCHEDULE_NAME_RULE, SCHEDULE_SHAPE } from '../../domain/schedule/check-schedule';
import { SCHEDULE_FILE_SHAPE } from '../../domain/schedule/check-schedule-file';
import { OVERLAPS, SCHEDULES_VERSION, SCHEDULE_DEFAULTS } from '../../domain/schedule/schedule';
import { REQUEST_DEFAULTS } from '../../domain/batch-request';
import { REQUEST_SHAPE } from '../../domain/check-batch-request';
import { ID_RULE } from '../../domain/check-texts';
import { formatDuration } from '../../domain/duration';
import { LIMITS } from '../../domain/limits';
import { toDurationSchema } from './duration-schema';
import { fromChoice, fromIntegerRule, fromShape, fromTextRule } from './json-schema';
import type { JsonSchema } from './json-schema';
import { REQUEST_PROPERTIES } from './request-schema';

const CRON_LINE = {
  type: 'string',
  description: 'Minute, hour, day of month, month, day of week.',
  examples: ['30 2 * * 1-5'],
  pattern: '^\\s*\\S+(?:\\s+\\S+){4}\\s*$',
};

const FIELD: JsonSchema = {
  description: 'As in cron; as the server has it when left out: midnight of every day.',
  anyOf: [
    { type: 'integer', minimum: 0, maximum: 59 },
    { type: 'string', pattern: '^[0-9A-Za-z*,/-]{1,200}$' },
  ],
  examples: [2, 'MON-FRI', '*/15'],
};

const YEAR = fromIntegerRule(YEAR_RULE, {});

const CALENDAR_SCHEMA = fromShape(
  CALENDAR_SHAPE,
  {
    ...Object.fromEntries(CALENDAR_FIELDS.map((field) => [field, FIELD])),
    year: {
      description: 'Every year when left out.',
      anyOf: [YEAR, { type: 'array', minItems: 1, maxItems: LIMITS.timesMax, items: YEAR }],
    },
  },
  { description: 'Times that match every field.' },
);

const longest = { maxMs: LIMITS.deadlineMaxMs };

const TIMES: Readonly<Record<string, JsonSchema>> = {
  cron: {
    description: 'One line of cron, or several.',
    anyOf: [CRON_LINE, { type: 'array', minItems: 1, maxItems: LIMITS.timesMax, items: CRON_LINE }],
  },
  calendars: {
    type: 'array',
    description: 'Times by their fields, for what cron cannot say.',
    minItems: 1,
    maxItems: LIMITS.timesMax,
    items: CALENDAR_SCHEMA,
  },
  every: toDurationSchema('Every so often, counted from 1970, in whole seconds.', {
    ...longest,
    examples: ['6h'],
  }),
  offset: toDurationSchema('How much later than the beginning of each `every`.', {
    ...longest,
    examples: ['30m'],
  }),
  timeZone: fromTextRule(TIME_ZONE_RULE, {
    description: 'For cron and calendars.',
    default: SCHEDULE_DEFAULTS.timeZone,
    examples: ['Asia/Shanghai'],
  }),
  jitter: toDurationSchema('Each time is moved later by chance, by so much at most.', {
    maxMs: LIMITS.jitterMaxMs,
    examples: ['5m'],
  }),
  startAt: fromTextRule(MOMENT_RULE, { description: 'Nothing is ordered before.' }),
  endAt: fromTextRule(MOMENT_RULE, { description: 'Nothing is ordered after.' }),
};

const RULES: Readonly<Record<string, JsonSchema>> = {
  firings: fromIntegerRule(
    { min: 1, max: LIMITS.firingsMax },
    { description: 'So many times, and then never again.' },
  ),
  overlap: fromChoice(OVERLAPS, {
    description: 'What happens at a time whose batch before is still open.',
    default: SCHEDULE_DEFAULTS.overlap,
  }),
  catchUp: toDurationSchema('How long a time may have been missed and is still ordered for.', {
    minMs: LIMITS.catchUpMinMs,
    ...longest,
    examples: [formatDuration(SCHEDULE_DEFAULTS.catchUpMs)],
  }),
  pauseOnFailure: {
    type: 'boolean',
    description: 'Whether a batch that is refused at its door pauses the schedule.',
    default: SCHEDULE_DEFAULTS.pauseOnFailure,
  },
  paused: {
    type: 'boolean',
    description: 'Left to whoever pauses and resumes it when left out.',
  },
};

/** A request of a schedule names no batch: each time does. */
const SCHEDULED_REQUEST = fromShape(
  { ...REQUEST_SHAPE, optional: REQUEST_SHAPE.optional.filter((key) => key !== 'batchId') },
  REQUEST_PROPERTIES,
  { description: 'A batch request without batchId.' },
);

const SCHEDULE_SCHEMA = fromShape(
  SCHEDULE_SHAPE,
  {
    name: fromTextRule(SCHEDULE_NAME_RULE, {
      description: 'Begins the batch id of each time: <name>-2026-11-24T01:00:00Z.',
      examples: ['nightly-cache'],
    }),
    request: SCHEDULED_REQUEST,
    ...TIMES,
    ...RULES,
  },
  {
    anyOf: [{ required: ['cron'] }, { required: ['calendars'] }, { required: ['every'] }],
    dependentRequired: { offset: ['every'] },
  },
);

/** A file of schedules, as far as a JSON Schema can say it. */
export const SCHEDULES_SCHEMA: JsonSchema = fromShape(SCHEDULE_FILE_SHAPE, {
  apiVersion: { const: SCHEDULES_VERSION },
  tenant: fromTextRule(ID_RULE, {
    description: 'For whom all of them order.',
    default: REQUEST_DEFAULTS.tenant,
  }),
  schedules: {
    type: 'array',
    description: 'All schedules of the tenant that are looked after by this file.',
    maxItems: LIMITS.schedulesMax,
    items: SCHEDULE_SCHEMA,
  },
});
