import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Schedule } from '../../../src/domain/schedule/schedule';
import { CRON_GRAMMAR } from '../../../src/input/cron-grammar';
import { readSchedulesFile, readSchedulesText } from '../../../src/input/read-schedules';
import { PUBLISHED_SCHEMAS } from '../../../src/input/schema/published-schemas';
import { compileSchema } from '../../support/json-schemas';
import { createScheduleFile, writeRequest, writeSchedule } from '../../support/schedule-samples';

const EXAMPLE = join(__dirname, '../../../examples/schedules.yaml');

/** What is wrong with one schedule, as `path: message`. */
function listProblems(changes: object, file: object = {}): readonly string[] {
  const schedules = [writeSchedule('nightly', changes)];
  const document = { apiVersion: 'tairfleet/schedules/v1', schedules, ...file };
  const read = readSchedulesText(JSON.stringify(document), { fileName: 'f' });
  return read.ok ? [] : read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('a file of schedules', () => {
  it('is read with its defaults', async () => {
    const read = await readSchedulesFile(EXAMPLE);
    const [nightly, quarterly] = (read as { file: { schedules: readonly Schedule[] } }).file
      .schedules;
    expect(nightly).toMatchObject({
      ...{ tenant: 'payments', name: 'nightly-cache', isPaused: null },
      times: { timeZone: 'Asia/Shanghai', jitterMs: 300_000, startAtMs: null },
      rules: { overlap: 'skip', catchUpMs: 1_800_000, pauseOnFailure: true, firings: null },
      document: { tenant: 'payments' },
      request: { tenant: 'payments', batchId: 'nightly-cache' },
    });
    expect(nightly?.times.calendars[0]).toMatchObject({
      ...{ second: [0], minute: [30], hour: [2], dayOfWeek: [1, 2, 3, 4, 5], year: [] },
    });
    expect(quarterly).toMatchObject({
      isPaused: true,
      times: {
        timeZone: 'UTC',
        calendars: [{ hour: [20], minute: [0], dayOfMonth: [28], month: [3, 6, 9, 12] }],
      },
      rules: { catchUpMs: 600_000 },
    });
  });

  it('may be empty, so that --prune can take the last one away', () => {
    expect(createScheduleFile('payments', [])).toEqual({ tenant: 'payments', schedules: [] });
  });

  it('is described by the published schema', () => {
    const validate = compileSchema(PUBLISHED_SCHEMAS.schedules.schema);
    const document = parse(readFileSync(EXAMPLE, 'utf8')) as { schedules: object[] };
    expect({ isValid: validate(document), errors: validate.errors }).toEqual({
      isValid: true,
      errors: null,
    });
    expect(validate({ ...document, schedules: [{ name: 'x', cron: '* * * * *' }] })).toBe(false);
  });

  it('has each problem at its line', () => {
    const text =
      'apiVersion: tairfleet/schedules/v1\nschedules:\n  - name: a\n    cron: 61 * * * *\n';
    const read = readSchedulesText(text, { fileName: 'f' });
    expect(read).toMatchObject({ ok: false, problems: [{ line: 3 }, { line: 4 }] });
  });

  it.each([
    [
      { cron: '61 * * * *' },
      'schedules.0.cron: has a minute that cannot be read: "61". It takes 0 to 59.',
    ],
    [
      { cron: '61 25 * * 8' },
      'schedules.0.cron: has a minute that cannot be read: "61". It takes 0 to 59. It has an hour ' +
        'that cannot be read: "25". It takes 0 to 23. It has a dayOfWeek that cannot be read: "8".',
    ],
    [{ cron: '* * * *' }, 'schedules.0.cron: must be a line of cron with five fields'],
    [{ cron: ['0 1 * * *', 'H * * * *'] }, 'schedules.0.cron.1: has a minute that may hold'],
    [{ cron: '0 0 1 * 1' }, 'schedules.0.cron: names days of the month and of the week'],
    [{ cron: undefined }, 'schedules.0.cron: is missing'],
    [{ calendars: [{ hour: 24 }] }, 'schedules.0.calendars.0.hour: cannot be read'],
    [
      { calendars: [{ hours: 2 }] },
      'schedules.0.calendars.0.hours: is not known here; did you mean',
    ],
    [{ calendars: [{ year: 1999 }] }, 'schedules.0.calendars.0.year: must be'],
    [{ every: '1500ms' }, 'schedules.0.every: must be whole seconds'],
    [{ every: '1h', offset: '2h' }, 'schedules.0.offset: must be shorter'],
    [{ offset: '1m' }, 'schedules.0.offset: belongs to every'],
    [{ timeZone: 'Asia/Nowhere' }, 'schedules.0.timeZone: must be a name of the tz database'],
    [{ catchUp: '5s' }, 'schedules.0.catchUp: must be from 10s'],
    [{ startAt: '2026-12-01' }, 'schedules.0.startAt: must be a moment with its offset'],
    [
      { startAt: '2027-01-01T00:00:00Z', endAt: '2026-01-01T00:00:00Z' },
      'schedules.0.endAt: must be later',
    ],
    [{ overlap: 'terminateOther' }, 'schedules.0.overlap: must be skip'],
    [{ name: 'x'.repeat(80) }, 'schedules.0.name: must be 1 to 79'],
    [{ batchId: 'x' }, 'schedules.0.batchId: comes from each time'],
    [
      { request: { ...writeRequest(1), batchId: 'x' } },
      'schedules.0.request.batchId: must be left',
    ],
    [{ request: { ...writeRequest(1), tenant: 'x' } }, 'schedules.0.request.tenant: must be that'],
    [{ request: writeRequest(0) }, 'schedules.0.request.groups.0.count: must be a whole number'],
  ])('says what is wrong with %j', (changes, problem) => {
    expect(listProblems(changes)).toEqual([expect.stringContaining(problem)]);
  });

  it('names each schedule once', () => {
    const schedules = [writeSchedule('a'), writeSchedule('a')];
    expect(listProblems({}, { schedules })).toEqual([
      expect.stringContaining('schedules.1.name: is also the name of schedules[0]'),
    ]);
  });
});

describe('a field of cron', () => {
  it.each([
    ['minute', '*/20', [0, 20, 40]],
    ['hour', '1-3,5', [1, 2, 3, 5]],
    ['dayOfWeek', 'fri-sun', null],
    ['dayOfWeek', '5-7', [0, 5, 6]],
    ['dayOfWeek', 'MON,7', [0, 1]],
    ['month', 'jan,DEC', [1, 12]],
    ['minute', '0,0,30', [0, 30]],
    ['dayOfWeek', 'mon,MON', [1]],
    ['minute', '1,,2', null],
    ['minute', '1,', null],
    ['dayOfMonth', 'L', null],
    ['dayOfWeek', '1#2', null],
    ['hour', '5-3', null],
    ['second', '0', [0]],
  ] as const)('%s %s is %j', (field, text, values) => {
    const read = CRON_GRAMMAR.readField(field, text);
    if (values === null) expect(typeof read).toBe('string');
    else expect(read).toEqual(values);
  });
});
