import { formatTimes } from '../domain/schedule/schedule-difference';
import type { PlannedSchedules, WantedSchedule } from '../service/schedules/planned-schedules';
import type { ScheduleFacts } from '../service/schedules/schedule-state';
import { listNextBatches } from './next-batches';

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
      ...(step.kind === 'add' || step.kind === 'change' ? { next: toNextData(step) } : {}),
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

/**
 * What the next times of schedules of a file give a script.
 *
 * @param tenant - of the file; null when it names none
 * @param schedules - with their computed times
 */
export function toFileTimesData(
  tenant: string | null,
  schedules: readonly WantedSchedule[],
): object {
  return {
    tenant,
    schedules: schedules.map((wanted) => {
      const { times, rules, isPaused } = wanted.schedule;
      const { timeZone, jitterMs } = times;
      return {
        ...{ name: wanted.name, times: formatTimes(times), timeZone, jitterMs },
        ...{ isPaused: isPaused === true, firings: rules.firings },
        next: toNextData(wanted),
      };
    }),
  };
}

function toNextData({ name, schedule, nextAtMs }: WantedSchedule): readonly object[] {
  return listNextBatches({ name, timeZone: schedule.times.timeZone, nextAtMs });
}
