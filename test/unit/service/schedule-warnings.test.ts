import type { PlannedStep } from '../../../src/service/schedules/planned-schedules';
import { listScheduleWarnings } from '../../../src/service/schedules/schedule-warnings';
import { createScheduleFile, writeSchedule } from '../../support/schedule-samples';

const SETTINGS = { slotsPerBatchMax: 10, isPrepaidAllowed: false, settleTimeMs: 1_000 };

function createSchedule(changes: object) {
  const { schedules } = createScheduleFile('payments', [writeSchedule('nightly', changes)]);
  return { name: 'nightly', schedule: schedules[0]!, nextAtMs: [Date.UTC(2026, 11, 1)] };
}

function listCodes(step: PlannedStep): readonly string[] {
  return listScheduleWarnings({ tenant: 'payments', steps: [step] }, SETTINGS)
    .map(({ code }) => code)
    .filter((code) => code !== 'single-placement');
}

describe('a schedule with a number of firings', () => {
  it('warns when it would be made, since the server may have forgotten it after its last one', () => {
    expect(listCodes({ kind: 'add', ...createSchedule({ firings: 3 }) })).toEqual([
      'firings-from-anew',
    ]);
    expect(listCodes({ kind: 'add', ...createSchedule({}) })).toEqual([]);
  });

  it('keeps what is left when it is changed, and warns of nothing', () => {
    const change = { kind: 'change', differences: [] } as const;
    expect(listCodes({ ...change, ...createSchedule({ firings: 3 }) })).toEqual([]);
  });
});

describe('a schedule without a time from now on', () => {
  it.each<PlannedStep>([
    { kind: 'add', ...createSchedule({}), nextAtMs: [] },
    { kind: 'change', differences: [], ...createSchedule({}), nextAtMs: [] },
  ])('warns that it never orders when it would be made or changed: $kind', (step) => {
    expect(listCodes(step)).toEqual(['never-orders']);
  });
});
