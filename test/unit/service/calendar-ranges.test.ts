import {
  decodeOptionalStructuredCalendarSpecs,
  encodeOptionalStructuredCalendarSpecs,
} from '@temporalio/client/lib/schedule-helpers';
import fc from 'fast-check';
import type { CalendarTimes } from '../../../src/domain/schedule/calendar-times';
import { fromCalendarSpec, toCalendarSpec } from '../../../src/service/schedules/calendar-ranges';

const values = (min: number, max: number): fc.Arbitrary<number[]> =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 1 })
    .map((list) => list.sort((left, right) => left - right));

const CALENDAR: fc.Arbitrary<CalendarTimes> = fc.record({
  ...{ second: values(0, 59), minute: values(0, 59), hour: values(0, 23) },
  ...{ dayOfMonth: values(1, 31), month: values(1, 12), dayOfWeek: values(0, 6) },
  year: fc.oneof(fc.constant([]), values(2000, 2100)),
  text: fc.string(),
});

describe('a calendar', () => {
  it('comes back from the server as it was sent', () => {
    fc.assert(
      fc.property(CALENDAR, (calendar) => {
        const sent = encodeOptionalStructuredCalendarSpecs([toCalendarSpec(calendar)]);
        const [described] = decodeOptionalStructuredCalendarSpecs(sent);
        expect(fromCalendarSpec(described!)).toEqual(calendar);
      }),
    );
  });

  it('shows neighbouring values as one range', () => {
    const every = { second: [0], minute: [30], hour: [2, 4], dayOfMonth: [1, 2, 3], month: [1] };
    const spec = toCalendarSpec({ ...every, dayOfWeek: [1, 2, 3, 4, 5], year: [], text: 'x' });
    expect(spec).toMatchObject({
      hour: [
        { start: 2, end: 2 },
        { start: 4, end: 4 },
      ],
      dayOfMonth: [{ start: 1, end: 3 }],
      dayOfWeek: [{ start: 'MONDAY', end: 'FRIDAY' }],
      comment: 'x',
    });
  });
});
