import { listPlannedTimes } from '../../../src/service/schedules/planned-times';
import { toRemainingFirings } from '../../../src/service/schedules/schedule-options';
import type { ScheduleState } from '../../../src/service/schedules/schedule-state';
import { createScheduleFile, writeSchedule } from '../../support/schedule-samples';

/** A schedule on the server that was allowed so many firings, of which one is left. */
function createState(firings: number | null): ScheduleState {
  return { known: { rules: { firings } }, remaining: firings === null ? null : 1 } as ScheduleState;
}

describe('the times that a plan shows', () => {
  const [schedule] = createScheduleFile('t', [writeSchedule('s', { firings: 3 })]).schedules;

  it('are three at most, and no more than there are firings left', () => {
    expect([null, 9, 2, 0].map((left) => listPlannedTimes(schedule!, left).length)).toEqual([
      ...[3, 3, 2, 0],
    ]);
  });

  it('count what is left of the firings of a schedule that is changed, unless the file allows others', () => {
    expect(toRemainingFirings(schedule!, createState(3))).toBe(1);
    expect(toRemainingFirings(schedule!, createState(5))).toBe(3);
    expect(toRemainingFirings(schedule!, createState(null))).toBe(3);
  });
});
