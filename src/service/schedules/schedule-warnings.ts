import { listPlanWarnings } from '../../domain/plan-warnings';
import type { WarningSettings } from '../../domain/plan-warnings';
import type { Schedule } from '../../domain/schedule/schedule';
import type { PlannedSchedules, ScheduleWarning } from './planned-schedules';

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
    return step.kind === 'add' ? [...warnings, ...listAddWarnings(step.schedule)] : warnings;
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
