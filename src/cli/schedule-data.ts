import type { ScheduleFacts } from '../service/schedules/schedule-state';
import type { PlannedSchedules } from '../service/schedules/plan-schedules';

/**
 * What the plan of a file gives a script.
 *
 * @param plan - as the service gives it
 * @param isPruned - whether what is not in the file is deleted
 */
export function toPlanStepsData({ tenant, steps }: PlannedSchedules, isPruned: boolean): object {
  return {
    tenant,
    schedules: steps.map((step) => ({
      name: step.name,
      step: step.kind === 'gone' && isPruned ? 'delete' : step.kind,
      ...(step.kind === 'change' ? { differences: step.differences } : {}),
    })),
  };
}

/**
 * What a schedule gives a script.
 *
 * @param facts - as the service gives it
 */
export function toScheduleData(facts: ScheduleFacts): object {
  const { key, times, timeZone, isPaused, note, remaining, nextAtMs, firings, counts } = facts;
  return { ...key, times, timeZone, isPaused, note, remaining, nextAtMs, firings, counts };
}
