import { listPlanWarnings } from '../../domain/plan-warnings';
import type { PlanWarning, WarningSettings } from '../../domain/plan-warnings';
import type { PlannedSchedules } from './plan-schedules';

/** What somebody should know before a schedule orders. */
export interface ScheduleWarning extends PlanWarning {
  readonly schedule: string;
}

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
  return steps.flatMap((step) =>
    step.kind === 'add' || step.kind === 'change'
      ? listPlanWarnings(step.schedule.request, settings).map((warning) => ({
          schedule: step.name,
          ...warning,
        }))
      : [],
  );
}
