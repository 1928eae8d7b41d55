import fc from 'fast-check';
import { splitRange } from '../../../src/domain/schedule/slot-ranges';
import {
  formatTimes,
  listScheduleDifferences,
} from '../../../src/domain/schedule/schedule-difference';
import type { KnownSchedule } from '../../../src/domain/schedule/schedule-difference';
import type { Schedule } from '../../../src/domain/schedule/schedule';
import { createScheduleFile, writeRequest, writeSchedule } from '../../support/schedule-samples';

const ACTION = 'provisionBatch batch/payments/nightly on tairfleet';

function createSchedule(changes: object = {}): Schedule {
  return createScheduleFile('payments', [writeSchedule('nightly', changes)]).schedules[0]!;
}

/** The server's schedule that was made of a written one. */
function createKnown(changes: object = {}, known: Partial<KnownSchedule> = {}): KnownSchedule {
  const { isPaused, ...schedule } = createSchedule(changes);
  return { ...schedule, isPaused: isPaused ?? false, action: ACTION, ...known };
}

describe('differences between server and file', () => {
  it('are none when both say the same', () => {
    expect(listScheduleDifferences(createKnown(), createSchedule(), ACTION)).toEqual([]);
  });

  it.each([
    ['cron', '30 2 * * MON-FRI'],
    ['cron', ['30 2 * * 1,2,3,4,5']],
    ['calendars', [{ minute: 30, hour: 2, dayOfWeek: '1-5' }]],
  ])('are none for the same times by %s, however they are written', (key, value) => {
    const written = { cron: undefined, [key]: value };
    expect(listScheduleDifferences(createKnown(), createSchedule(written), ACTION)).toEqual([]);
  });

  it.each([
    [{ cron: '30 3 * * 1-5' }, 'times', '30 2 * * 1-5', '30 3 * * 1-5'],
    [{ timeZone: 'Asia/Shanghai' }, 'timeZone', 'UTC', 'Asia/Shanghai'],
    [{ jitter: '90s' }, 'jitter', '0s', '1m 30s'],
    [{ endAt: '2027-01-01T08:00:00+08:00' }, 'endAt', undefined, '2027-01-01T00:00:00.000Z'],
    [{ firings: 3 }, 'firings', undefined, 3],
    [{ overlap: 'bufferOne' }, 'overlap', 'skip', 'bufferOne'],
    [{ catchUp: '1h' }, 'catchUp', '10m', '1h'],
    [{ pauseOnFailure: false }, 'pauseOnFailure', true, false],
    [{ paused: true }, 'paused', false, true],
  ])('show each field that differs: %j', (changes, ...[key, before, now]) => {
    const differences = listScheduleDifferences(createKnown(), createSchedule(changes), ACTION);
    expect(differences).toEqual([{ path: [key], before, now }]);
  });

  it('show what the request asks for, by its own fields', () => {
    const request = writeRequest(3);
    const differences = listScheduleDifferences(createKnown(), createSchedule({ request }), ACTION);
    expect(differences).toEqual([
      { path: ['request', 'groups', 'sessions', 'count'], before: 2, now: 3 },
    ]);
  });

  it('show a request on the server that is none any more', () => {
    const known = createKnown({}, { request: null });
    expect(listScheduleDifferences(known, createSchedule(), ACTION)).toMatchObject([
      { path: ['request'], before: 'not valid' },
    ]);
  });

  it('show what would be started in place of a batch', () => {
    const known = createKnown({}, { action: 'other x on y' });
    expect(listScheduleDifferences(known, createSchedule(), ACTION)).toEqual([
      { path: ['action'], before: 'other x on y', now: ACTION },
    ]);
  });

  it('leave a pause to whoever ordered it, unless the file says otherwise', () => {
    const known = createKnown({}, { isPaused: true });
    expect(listScheduleDifferences(known, createSchedule(), ACTION)).toEqual([]);
    expect(listScheduleDifferences(known, createSchedule({ paused: false }), ACTION)).toEqual([
      { path: ['paused'], before: true, now: false },
    ]);
  });

  it('show times by their values when two texts look alike', () => {
    const known = createKnown();
    const [calendar] = known.times.calendars;
    const times = { ...known.times, calendars: [{ ...calendar!, hour: [3] }] };
    const [difference] = listScheduleDifferences({ ...known, times }, createSchedule(), ACTION);
    expect(difference?.before).not.toBe(difference?.now);
  });
});

describe('the text of when a schedule orders', () => {
  it('is as it was written', () => {
    const { times } = createSchedule({
      calendars: [{ hour: 20, dayOfMonth: 28, year: 2027 }],
      ...{ every: '6h', offset: '90s' },
    });
    expect(formatTimes(times)).toBe(
      '30 2 * * 1-5; hour 20, dayOfMonth 28, year 2027; every 6h + 1m 30s',
    );
  });
});

describe('a range without the times that have a batch', () => {
  it('holds every other time once, and none of these', () => {
    const second = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(second, second, fc.array(second), (from, to, known) => {
        const range = { fromMs: from * 1_000, toMs: to * 1_000 };
        const ranges = splitRange(
          range,
          known.map((at) => at * 1_000),
        );
        for (let at = 0; at <= 60; at += 1) {
          const hits = ranges.filter(
            ({ fromMs, toMs }) => at * 1_000 >= fromMs && at * 1_000 <= toMs,
          );
          const isWanted = at >= from && at <= to && !known.includes(at);
          expect(hits).toHaveLength(isWanted ? 1 : 0);
        }
        expect(ranges.every(({ fromMs, toMs }) => fromMs <= toMs)).toBe(true);
      }),
    );
  });
});
