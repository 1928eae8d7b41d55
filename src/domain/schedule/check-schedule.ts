import type { BatchRequest } from '../batch-request';
import { checkBatchRequest } from '../check-batch-request';
import { checkDuration } from '../check-duration';
import { type CheckPlace, ObjectReader, type ObjectShape, type TextRule } from '../check-object';
import { LIMITS } from '../limits';
import type { CronGrammar } from './calendar-times';
import { checkCalendars, checkCron } from './check-calendars';
import { checkTimeZone, readMoment } from './check-moment';
import { OVERLAPS, SCHEDULE_DEFAULTS } from './schedule';
import type { IntervalTimes, Schedule, ScheduleRules, ScheduleTimes } from './schedule';

/** Name of a schedule: begins the batch id of each of its times. */
export const SCHEDULE_NAME_RULE: TextRule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,78}$/,
  description: `1 to ${LIMITS.scheduleNameLengthMax} letters, digits, ".", "_" or "-", and start with a letter or digit`,
};

/** Keys of a schedule. */
export const SCHEDULE_SHAPE: ObjectShape = {
  required: {
    name: 'a name that begins the batch id of each time, such as nightly-cache.',
    request: 'a batch request without batchId.',
  },
  optional: [
    ...['cron', 'calendars', 'every', 'offset', 'timeZone', 'jitter', 'startAt', 'endAt'],
    ...['firings', 'overlap', 'catchUp', 'pauseOnFailure', 'paused'],
  ],
  refused: {
    batchId: 'comes from each time: <name>-2026-11-24T01:00:00Z.',
    tenant: 'is said once for the whole file, beside schedules.',
  },
};

/** What a schedule takes from the file around it. */
export interface ScheduleSurroundings {
  readonly tenant: string;
  readonly grammar: CronGrammar;
}

/** Checks one schedule; a stand-in when something is wrong. */
export function checkSchedule(
  value: unknown,
  place: CheckPlace,
  { tenant, grammar }: ScheduleSurroundings,
): Schedule {
  const reader = new ObjectReader(value, SCHEDULE_SHAPE, place);
  const name = reader.text('name', SCHEDULE_NAME_RULE) ?? '';
  const document = withTenant(reader.raw('request'), tenant);
  return {
    ...{ tenant, name, document },
    times: checkTimes(reader, grammar),
    rules: checkRules(reader),
    isPaused: reader.flag('paused') ?? null,
    request: checkRequest(reader, { document, name, tenant }),
  };
}

function checkTimes(reader: ObjectReader, grammar: CronGrammar): ScheduleTimes {
  if (reader.isObject && !['cron', 'calendars', 'every'].some((key) => reader.has(key))) {
    const message = 'is missing; write when it orders: cron, calendars or every.';
    reader.report('cron', 'missing', message);
  }
  const times = {
    calendars: [...checkCron(reader, grammar), ...checkCalendars(reader, grammar)],
    intervals: checkInterval(reader),
    timeZone: checkTimeZone(reader, 'timeZone') ?? SCHEDULE_DEFAULTS.timeZone,
    jitterMs: checkDuration(reader, 'jitter', { maxMs: LIMITS.jitterMaxMs }) ?? 0,
    startAtMs: readMoment(reader, 'startAt') ?? null,
    endAtMs: readMoment(reader, 'endAt') ?? null,
  };
  const { startAtMs, endAtMs } = times;
  if (startAtMs !== null && endAtMs !== null && endAtMs <= startAtMs) {
    reader.report('endAt', 'conflict', 'must be later than startAt.');
  }
  return times;
}

function checkInterval(reader: ObjectReader): readonly IntervalTimes[] {
  const everyMs = checkDuration(reader, 'every', { maxMs: LIMITS.deadlineMaxMs });
  const offsetMs = checkDuration(reader, 'offset', { maxMs: LIMITS.deadlineMaxMs }) ?? 0;
  if (everyMs === undefined) {
    if (reader.has('offset') && !reader.has('every')) {
      reader.report('offset', 'conflict', 'belongs to every, which is not there.');
    }
    return [];
  }
  if (everyMs % 1_000 !== 0 || offsetMs % 1_000 !== 0) {
    reader.report('every', 'not-allowed', 'must be whole seconds, since a batch id ends with one.');
  }
  if (offsetMs >= everyMs) reader.report('offset', 'out-of-range', 'must be shorter than every.');
  return [{ everyMs, offsetMs }];
}

function checkRules(reader: ObjectReader): ScheduleRules {
  const catchUp = { minMs: LIMITS.catchUpMinMs, maxMs: LIMITS.deadlineMaxMs };
  return {
    overlap: reader.choice('overlap', OVERLAPS) ?? SCHEDULE_DEFAULTS.overlap,
    catchUpMs: checkDuration(reader, 'catchUp', catchUp) ?? SCHEDULE_DEFAULTS.catchUpMs,
    pauseOnFailure: reader.flag('pauseOnFailure') ?? SCHEDULE_DEFAULTS.pauseOnFailure,
    firings: reader.integer('firings', { min: 1, max: LIMITS.firingsMax }) ?? null,
  };
}

/** Each batch of the schedule is started with it, and its workflow wants the tenant to be its own. */
function withTenant(document: unknown, tenant: string): unknown {
  if (typeof document !== 'object' || document === null || Object.hasOwn(document, 'tenant')) {
    return document;
  }
  return { ...document, tenant };
}

/** The same check as for `apply`, under a batch id as a time would give it. */
function checkRequest(
  reader: ObjectReader,
  { document, name, tenant }: Pick<Schedule, 'document' | 'name' | 'tenant'>,
): BatchRequest {
  const { path, problems } = reader.below('request');
  const report = (key: string, code: 'not-allowed' | 'conflict', message: string): void =>
    void problems.push({ path: [...path, key], code, message });
  const checked = checkBatchRequest(document, { fallbackBatchId: name === '' ? 'name' : name });
  if (!checked.ok) {
    if (!reader.has('request')) return EMPTY_REQUEST;
    problems.push(...checked.problems.map((one) => ({ ...one, path: [...path, ...one.path] })));
    return EMPTY_REQUEST;
  }
  if (Object.hasOwn(document as object, 'batchId')) {
    report(
      'batchId',
      'not-allowed',
      'must be left out: each time gives its batch an id of its own.',
    );
  }
  if (checked.request.tenant !== tenant) {
    report('tenant', 'conflict', `must be that of the file, ${tenant}; leave it out.`);
  }
  return checked.request;
}

/** Never used: whoever reads it has problems to show. */
const EMPTY_REQUEST = { groups: [] } as unknown as BatchRequest;
