import type { SchedulePlan } from '../service/schedules/plan-schedules';

/**
 * What the plan of a file gives a script.
 *
 * @param plan - as the service gives it
 * @param isPruned - whether what is not in the file is deleted
 */
export function toPlanStepsData({ tenant, steps }: SchedulePlan, isPruned: boolean): object {
  return {
    tenant,
    schedules: steps.map((step) => ({
      name: step.name,
      step: step.kind === 'gone' && isPruned ? 'delete' : step.kind,
      ...(step.kind === 'change' ? { differences: step.differences } : {}),
    })),
  };
}
