import { listNextTimes } from '../../../src/domain/schedule/next-times';
import { createScheduleFile, writeSchedule } from '../../support/schedule-samples';

/** The next times of a schedule, as `2027-03-28T01:30`; seconds are left out where they are none. */
function timesOf(
  written: object,
  { after, limit = 3 }: { readonly after: string; readonly limit?: number },
): readonly string[] {
  const { schedules } = createScheduleFile('t', [
    writeSchedule('s', { cron: undefined, ...written }),
  ]);
  const { times, rules } = schedules[0]!;
  const options = { afterMs: Date.parse(after), limit, remaining: rules.firings };
  return listNextTimes(times, options).map((atMs) =>
    new Date(atMs).toISOString().replace(/(?::00)?\.000Z$/, ''),
  );
}

describe('the next times of a schedule', () => {
  it.each([
    [{ cron: '30 2 * * 1-5' }, ['2026-12-04T02:30', '2026-12-07T02:30', '2026-12-08T02:30']],
    [{ cron: '*/20 8-9 * * SUN' }, ['2026-12-06T08:00', '2026-12-06T08:20', '2026-12-06T08:40']],
    [{ cron: '0 0 31 * *' }, ['2026-12-31T00:00', '2027-01-31T00:00', '2027-03-31T00:00']],
    [{ cron: '0 0 29 FEB *' }, ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
    [
      { cron: ['0 12 * * *', '30 11 * * *'] },
      ['2026-12-03T11:30', '2026-12-03T12:00', '2026-12-04T11:30'],
    ],
    [
      { calendars: [{ dayOfMonth: 13, dayOfWeek: 'FRI', second: '5,50' }] },
      ['2027-08-13T00:00:05', '2027-08-13T00:00:50', '2028-10-13T00:00:05'],
    ],
    [{ calendars: [{ year: [2031, 2029], month: 6 }] }, ['2029-06-01T00:00', '2029-06-02T00:00']],
    [{ every: '7h', offset: '10m' }, ['2026-12-03T14:10', '2026-12-03T21:10', '2026-12-04T04:10']],
    [{ every: '1h', offset: '30m' }, ['2026-12-03T08:30', '2026-12-03T09:30']],
    [
      { every: '12h', cron: '0 12,13 * * *' },
      ['2026-12-03T12:00', '2026-12-03T13:00', '2026-12-04T00:00'],
    ],
  ])('are what %j says', (written, expected) => {
    const options = { after: '2026-12-03T08:00:00Z', limit: expected.length };
    expect(timesOf(written, options)).toEqual(expected);
  });

  it('come after a moment, and never at it, whatever its parts of a second are', () => {
    const written = { every: '1m' };
    for (const after of ['2026-12-03T08:00:00Z', '2026-12-03T08:00:00.999Z']) {
      expect(timesOf(written, { after, limit: 1 })).toEqual(['2026-12-03T08:01']);
      expect(timesOf({ cron: '* * * * *' }, { after, limit: 1 })).toEqual(['2026-12-03T08:01']);
    }
    const before = { after: '2026-12-03T07:59:59.999Z', limit: 1 };
    expect(timesOf(written, before)).toEqual(['2026-12-03T08:00']);
  });

  it('lie between its start and its end, both included', () => {
    const written = {
      ...{ cron: '0 6 * * *', timeZone: 'Asia/Kolkata' },
      ...{ startAt: '2027-01-01T06:00:00+05:30', endAt: '2027-01-02T06:00:00+05:30' },
    };
    const options = { after: '2026-12-03T08:00:00Z' };
    expect(timesOf(written, options)).toEqual(['2027-01-01T00:30', '2027-01-02T00:30']);
    expect(timesOf(written, { after: '2027-01-03T00:00:00Z' })).toEqual([]);
  });

  it('are no more than its firings', () => {
    const options = { after: '2026-12-03T08:00:00Z', limit: 5 };
    expect(timesOf({ every: '1d', firings: 2 }, options)).toHaveLength(2);
  });

  it('are none when no day is such a one', () => {
    expect(timesOf({ cron: '0 0 30 2 *' }, { after: '2026-12-03T08:00:00Z' })).toEqual([]);
    const past = { calendars: [{ year: [2020] }] };
    expect(timesOf(past, { after: '2026-12-03T08:00:00Z' })).toEqual([]);
  });
});

describe('where the clock changes, the next times are those that docs/schedules.md tells of the server', () => {
  it.each([
    [
      'a skipped time is left out',
      { cron: '30 2 * * *', timeZone: 'Europe/Berlin' },
      ['2027-03-27T01:30', '2027-03-29T00:30'],
    ],
    [
      'a time that is shown twice is taken twice west of Greenwich',
      { cron: '30 1 * * *', timeZone: 'America/New_York' },
      ['2027-11-07T05:30', '2027-11-07T06:30', '2027-11-08T06:30'],
    ],
    [
      'and the second time only east of it',
      { cron: '30 2 * * *', timeZone: 'Europe/Berlin' },
      ['2027-10-30T00:30', '2027-10-31T01:30', '2027-11-01T01:30'],
    ],
    [
      'there with others at times that no line says',
      { cron: '*/20 2 * * *', timeZone: 'Europe/Berlin' },
      ['2027-10-30T00:40', '2027-10-31T01:00', '2027-10-31T02:20', '2027-11-01T01:00'],
    ],
    [
      'a skipped midnight leaves the day of the week out',
      { cron: '0 12 * * 0', timeZone: 'America/Havana' },
      ['2027-03-07T17:00', '2027-03-21T16:00'],
    ],
    [
      'and takes the day after for the one before',
      { cron: '0 12 * * 6', timeZone: 'America/Havana' },
      ['2027-03-13T17:00', '2027-03-14T16:00', '2027-03-20T16:00'],
    ],
  ])('%s', (_what, written, expected) => {
    const [first = ''] = expected;
    const after = new Date(Date.parse(`${first}Z`) - 1_000).toISOString();
    expect(timesOf(written, { after, limit: expected.length })).toEqual(expected);
  });
});
