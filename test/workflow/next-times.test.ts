import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import fc from 'fast-check';
import { listNextTimes } from '../../src/domain/schedule/next-times';
import type { Schedule } from '../../src/domain/schedule/schedule';
import { createScheduleService } from '../../src/service/schedules/schedule-service';
import type { ScheduleService } from '../../src/service/schedules/schedule-service';
import { fuzz, toFuzzTimeoutMs } from '../fuzz/fuzz';
import { createScheduleFile, writeSchedule } from '../support/schedule-samples';

/** The times that are computed here are those that a real server counts, also where the clock changes. */

const TENANT = `t-${randomUUID().slice(0, 8)}`;

/** As many as the server tells. */
const LIMIT = 10;

let client: Client;
let service: ScheduleService;

beforeAll(async () => {
  const address = process.env['TAIRFLEET_TEST_TEMPORAL_ADDRESS']!;
  client = new Client({ connection: await Connection.connect({ address }) });
  service = createScheduleService(client, { listLatest: () => Promise.resolve([]) } as never);
});
afterAll(() => client.connection.close());

/** Each kind of times, from a moment on that is still to come. */
const KINDS: Readonly<Record<string, object>> = {
  ranges: { cron: '*/20 8-10,22 * * *' },
  steps: { cron: '7-59/13 */5 */3 * *' },
  names: { cron: '30 2 * JAN,MAR-MAY MON-FRI' },
  'several-lines': { cron: ['0 9 * * *', '0,30 8-10 * * 6,7', '15 9 1 * *'] },
  'leap-days': { cron: '0 0 29 2 *' },
  seconds: { calendars: [{ second: '*/17', minute: 59, hour: 23, dayOfWeek: '0' }] },
  'friday-13': { calendars: [{ dayOfMonth: 13, dayOfWeek: 'FRI', hour: '*/8' }] },
  years: { calendars: [{ year: [2028, 2031], month: 6, dayOfMonth: '1-4', hour: 6 }] },
  'no-day': { cron: '0 0 31 4 *' },
  interval: { every: '7h', offset: '11m' },
  'long-interval': { every: '45d', offset: '3d' },
  'all-at-once': { cron: '0 */6 * * *', calendars: [{ hour: 5 }], every: '4h' },
  ends: { cron: '0 6 * * *', endAt: '2027-03-05T06:00:00Z' },
  firings: { cron: '0 6 * * *', firings: 4 },
  'at-start': { cron: '0 0 * * *', startAt: '2027-05-01T00:00:00Z' },
};

/** Zones whose clocks change, with days around a change. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['Europe/Berlin', '2027-03-27'],
  ['Europe/Berlin', '2027-10-30'],
  ['Europe/London', '2027-10-30'],
  ['America/New_York', '2027-03-13'],
  ['America/New_York', '2027-11-06'],
  ['Australia/Adelaide', '2027-04-03'],
  ['Australia/Adelaide', '2027-10-02'],
  ['Australia/Lord_Howe', '2027-04-03'],
  ['America/St_Johns', '2027-11-06'],
  ['America/Havana', '2027-03-13'],
  ['America/Havana', '2027-11-06'],
  ['Asia/Beirut', '2027-03-27'],
  ['Asia/Beirut', '2027-10-30'],
  ['Asia/Kolkata', '2027-03-27'],
  ['America/Santiago', '2027-09-04'],
  ['America/Santiago', '2027-04-03'],
];

const CRONS = [
  ...['30 2 * * *', '30 1 * * *', '0 0 * * *', '30 0,23 * * *', '*/20 * * * *', '*/15 0-3 * * *'],
  ...['0 12 * * 0', '0 12 * * 6', '59 0,1,2,3,23 * * *', '*/20 2 * * *'],
];

test('The computed times of every kind of schedule are those of the server.', async () => {
  const written = Object.entries(KINDS).map(([name, times]) => {
    const startAt = '2027-02-27T00:00:00Z';
    return writeSchedule(name, { cron: undefined, startAt, ...times, paused: true });
  });
  await expectAgreement(written);
});

test('So they are where the clock changes.', async () => {
  const written = CHANGES.flatMap(([timeZone, day], change) =>
    CRONS.map((cron, at) =>
      writeSchedule(`c-${change}-${at}`, {
        ...{ cron, timeZone, paused: true },
        startAt: `${day}T12:00:00Z`,
      }),
    ),
  );
  await expectAgreement(written);
});

test(
  'So they are of any calendars, in any zone, from any moment on.',
  () =>
    fuzz(
      fc.asyncProperty(fc.array(anyTimes(), { minLength: 1, maxLength: 40 }), async (times) => {
        await expectAgreement(
          times.map((one, at) => writeSchedule(`f-${at}`, { cron: undefined, ...one })),
        );
      }),
      5,
    ),
  toFuzzTimeoutMs(60_000),
);

/** Applies schedules, and compares what the server counts with what is computed. */
async function expectAgreement(written: readonly object[]): Promise<void> {
  const file = createScheduleFile(TENANT, written);
  const applied = await service.applySchedules({ file, isPruned: true });
  if (!applied.ok) throw new Error(applied.message);
  try {
    await Promise.all(file.schedules.map(expectSameTimes));
  } finally {
    await Promise.all(file.schedules.map((schedule) => service.deleteSchedule(schedule)));
  }
}

async function expectSameTimes(schedule: Schedule): Promise<void> {
  const counted = await service.schedule(schedule);
  if (!counted.ok) throw new Error(counted.message);
  expect(toRow(schedule, computeTimes(schedule))).toEqual(toRow(schedule, counted.value.nextAtMs));
}

function computeTimes({ times, rules }: Schedule): readonly number[] {
  return listNextTimes(times, { afterMs: Date.now(), limit: LIMIT, remaining: rules.firings });
}

/** With what it is of, so that a difference says so. */
function toRow({ times }: Schedule, atMs: readonly number[]): object {
  const { timeZone, calendars, intervals, startAtMs } = times;
  const texts = calendars.map(({ text }) => text);
  return { timeZone, texts, intervals, startAtMs, next: atMs.map((ms) => new Date(ms).toJSON()) };
}

function anyTimes(): fc.Arbitrary<object> {
  const list = (min: number, max: number): fc.Arbitrary<string> =>
    fc.oneof(
      fc.constant('*'),
      fc.integer({ min: 1, max: 9 }).map((step) => `*/${step}`),
      fc
        .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 })
        .map((values) => values.join(',')),
    );
  const calendar = fc.record(
    {
      ...{ minute: list(0, 59), hour: fc.oneof(list(0, 3), list(0, 23)) },
      ...{ second: list(0, 59), dayOfMonth: list(1, 31), dayOfWeek: list(0, 6) },
      ...{ month: list(1, 12) },
    },
    { requiredKeys: ['minute', 'hour'] },
  );
  const start = fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: 0, max: 3 * 86_400 }))
    .map(([[timeZone, day], seconds]) => ({
      timeZone,
      startAt: `${new Date(Date.parse(day) + seconds * 1_000).toISOString().slice(0, 19)}Z`,
    }));
  return fc
    .tuple(start, fc.array(calendar, { minLength: 1, maxLength: 2 }))
    .map(([from, calendars]) => ({ ...from, calendars, paused: true }));
}
