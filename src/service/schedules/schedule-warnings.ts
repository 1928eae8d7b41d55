import { listPlanWarnings } from '../../domain/plan-warnings';
import type { WarningSettings } from '../../domain/plan-warnings';
import type { Schedule } from '../../domain/schedule/schedule';
import type { PlannedSchedules, ScheduleWarning, WantedSchedule } from './planned-schedules';

/**
 * What may surprise in the batches of schedules that would be made or changed, the guards of the worker
 * among it: what they refuse is refused at each time.
 *
 * @param plan - the steps
 * @param settings - guards and waits of the worker, as far as they are known here
 */
export function listScheduleWarnings(
  { steps }: PlannedSchedules,
  settings: WarningSettings,
): readonly ScheduleWarning[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'add' && step.kind !== 'change') return [];
    const planned = listPlanWarnings(step.schedule.request, settings);
    const warnings = planned.map((warning) => ({ schedule: step.name, ...warning }));
    const added = step.kind === 'add' ? listAddWarnings(step.schedule) : [];
    return [...warnings, ...listEndWarnings(step), ...added];
  });
}

/** Nobody remembers a schedule that the server has forgotten, so one that was there looks like a new one. */
function listAddWarnings({ name, rules: { firings } }: Schedule): readonly ScheduleWarning[] {
  if (firings === null) return [];
  const message =
    `'${name}' is made with all of its ${firings} firings. If it was there before and the server has ` +
    'forgotten it, which it does a week after the last firing, it orders all of them once more: use ' +
    'endAt, or take it out of the file.';
  return [{ schedule: name, code: 'firings-from-anew', message }];
}

/** Nothing is wrong with it for the server, which never fires it and says nothing. */
function listEndWarnings({ name, nextAtMs }: WantedSchedule): readonly ScheduleWarning[] {
  if (nextAtMs.length > 0) return [];
  const message =
    `'${name}' never orders: it has no time from now on. Look for a day that no month has, an endAt ` +
    'that has passed, or firings that are used up.';
  return [{ schedule: name, code: 'never-orders', message }];
}
