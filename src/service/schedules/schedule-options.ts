import type { ScheduleOptions, ScheduleUpdateOptions } from '@temporalio/client';
import { SCHEDULE_MEMO, toScheduleId } from '../../contract/schedule-id';
import { SCHEDULES_VERSION } from '../../domain/schedule/schedule';
import type { Schedule } from '../../domain/schedule/schedule';
import { toCalendarSpec } from './calendar-ranges';
import { toServerOverlap } from './overlap';
import { toAction } from './schedule-action';
import type { ApplySettings } from './schedule-action';
import type { ScheduleState } from './schedule-state';

/** A new schedule, as the server takes it. */
export function toCreateOptions(schedule: Schedule, settings: ApplySettings): ScheduleOptions {
  const { tenant, name, rules, isPaused } = schedule;
  return {
    ...toUnchanging(schedule, settings),
    scheduleId: toScheduleId(tenant, name),
    memo: { [SCHEDULE_MEMO]: SCHEDULES_VERSION },
    state: { paused: isPaused ?? false, ...toRemaining(rules.firings) },
  };
}

/**
 * A schedule that is there, as the file wants it. Whether it is paused stays as it is unless the file
 * says so, and what is left of its firings unless the file allows another number of them.
 */
export function toUpdateOptions(
  schedule: Schedule,
  settings: ApplySettings,
  before: ScheduleState,
): ScheduleUpdateOptions {
  const { isPaused } = schedule;
  return {
    ...toUnchanging(schedule, settings),
    state: {
      paused: isPaused ?? before.isPaused,
      ...(before.note === null ? {} : { note: before.note }),
      ...toRemaining(toRemainingFirings(schedule, before)),
    },
  };
}

/**
 * The firings that a schedule has once it is changed.
 *
 * @param schedule - as it is to be
 * @param before - as the server has it
 * @returns how many are left; null when they are not limited
 */
export function toRemainingFirings({ rules }: Schedule, before: ScheduleState): number | null {
  return before.known.rules.firings === rules.firings ? before.remaining : rules.firings;
}

function toUnchanging(
  schedule: Schedule,
  settings: ApplySettings,
): Pick<ScheduleOptions, 'spec' | 'policies' | 'action'> {
  const { times, rules } = schedule;
  const { calendars, intervals, timeZone, jitterMs, startAtMs, endAtMs } = times;
  return {
    action: toAction(schedule, settings),
    policies: {
      overlap: toServerOverlap(rules.overlap),
      catchupWindow: rules.catchUpMs,
      pauseOnFailure: rules.pauseOnFailure,
    },
    spec: {
      calendars: calendars.map(toCalendarSpec),
      intervals: intervals.map(({ everyMs, offsetMs }) => ({ every: everyMs, offset: offsetMs })),
      timezone: timeZone,
      ...(jitterMs === 0 ? {} : { jitter: jitterMs }),
      ...(startAtMs === null ? {} : { startAt: new Date(startAtMs) }),
      ...(endAtMs === null ? {} : { endAt: new Date(endAtMs) }),
    },
  };
}

function toRemaining(remaining: number | null): { readonly remainingActions?: number } {
  return remaining === null ? {} : { remainingActions: remaining };
}
