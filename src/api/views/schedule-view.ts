import { z } from 'zod';
import { formatPath } from '../../domain/problem';
import type { ListedSchedule } from '../../service/schedules/list-schedules';
import type { SchedulePlan } from '../../service/schedules/plan-schedules';
import type { Firing, ScheduleFacts } from '../../service/schedules/schedule-state';
import type { ScheduleWarning } from '../../service/schedules/planned-schedules';
import { toTime } from './batch-view';
import { TIME } from './shapes';

const COUNT = z.int().min(0);

/** A batch that a schedule has started. */
export const FIRING = z
  .object({ batchId: z.string(), runId: z.string(), startedAt: TIME })
  .meta({ id: 'ScheduledBatch' });

const COMMON = {
  tenant: z.string(),
  name: z.string(),
  isPaused: z.boolean(),
  note: z.string().nullable().describe('Who paused it and why, or why it paused itself.'),
};

/** A schedule in a list. */
export const LISTED_SCHEDULE = z
  .object({
    ...COMMON,
    nextAt: TIME.nullable().describe('Null when it has no time left.'),
    latest: FIRING.nullable(),
  })
  .meta({ id: 'ListedSchedule' });

/** Everything about one schedule. */
export const SCHEDULE = z
  .object({
    ...COMMON,
    times: z.string().describe('When it orders, as it was written.'),
    timeZone: z.string(),
    nextAt: z.array(TIME).describe('The next times, ten at most.'),
    batches: z.array(FIRING).describe('The latest ones, oldest first.'),
    remaining: COUNT.nullable().describe('Firings that are left; null for ever.'),
    taken: COUNT.describe('Times that were ordered for.'),
    skipped: COUNT.describe('Times that were skipped for an open batch.'),
    missed: COUNT.describe('Times that nobody was there for, and too late to catch up.'),
  })
  .meta({ id: 'Schedule' });

/** What applying schedules does, or would do. */
export const SCHEDULE_PLAN = z
  .object({
    tenant: z.string(),
    isChanging: z.boolean(),
    schedules: z.array(
      z.object({
        name: z.string(),
        step: z.enum(['add', 'change', 'same', 'gone', 'delete', 'foreign']),
        differences: z
          .array(
            z.object({
              path: z.string(),
              before: z.unknown(),
              now: z.unknown(),
            }),
          )
          .describe('Of a change: the server before, and what is submitted.'),
        nextAt: z
          .array(TIME)
          .describe('The next times of what is added or changed, three at most; else empty.'),
      }),
    ),
    warnings: z.array(
      z.object({
        schedule: z.string(),
        code: z.string(),
        group: z.string().optional(),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'SchedulePlan' });

/** A schedule of a list as the API gives it. */
export function toListedSchedule(listed: ListedSchedule): z.input<typeof LISTED_SCHEDULE> {
  const { tenant, name, isPaused, note, nextAtMs, latest } = listed;
  return {
    ...{ tenant, name, isPaused, note },
    nextAt: toTime(nextAtMs),
    latest: latest === null ? null : toFiringView(latest),
  };
}

/** A schedule as the API gives it. */
export function toScheduleView(state: ScheduleFacts): z.input<typeof SCHEDULE> {
  const { key, times, timeZone, isPaused, note, nextAtMs, firings, remaining, counts } = state;
  return {
    ...{ ...key, isPaused, note, times, timeZone },
    nextAt: nextAtMs.map((atMs) => toTime(atMs)),
    batches: firings.map(toFiringView),
    ...{ remaining, ...counts },
  };
}

/** A batch of a schedule as the API gives it. */
export function toFiringView({ batchId, runId, startedAtMs }: Firing): z.input<typeof FIRING> {
  return { batchId, runId, startedAt: toTime(startedAtMs) };
}

/** The plan of schedules as the API gives it. */
export function toSchedulePlanView(
  { tenant, steps }: SchedulePlan,
  view: { readonly isPruned: boolean; readonly warnings: readonly ScheduleWarning[] },
): z.input<typeof SCHEDULE_PLAN> {
  const schedules = steps.map((step) => ({
    name: step.name,
    step: step.kind === 'gone' && view.isPruned ? ('delete' as const) : step.kind,
    differences:
      step.kind === 'change'
        ? step.differences.map(({ path, before, now }) => ({ path: formatPath(path), before, now }))
        : [],
    nextAt: 'nextAtMs' in step ? step.nextAtMs.map((atMs) => toTime(atMs)) : [],
  }));
  return {
    tenant,
    isChanging: schedules.some(({ step }) => ['add', 'change', 'delete'].includes(step)),
    schedules,
    warnings: [...view.warnings],
  };
}
