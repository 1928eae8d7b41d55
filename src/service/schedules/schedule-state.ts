import type { Client, ScheduleDescription, ScheduleExecutionResult } from '@temporalio/client';
import { SCHEDULE_MEMO, fromScheduleId, toScheduleId } from '../../contract/schedule-id';
import type { ScheduleMark } from '../../contract/schedule-id';
import { fromWorkflowId } from '../../contract/workflow-id';
import { checkBatchRequest } from '../../domain/check-batch-request';
import type { ScheduleKey, ScheduleTimes } from '../../domain/schedule/schedule';
import { formatTimes } from '../../domain/schedule/schedule-difference';
import type { KnownSchedule } from '../../domain/schedule/schedule-difference';
import { withinTime } from '../batch-run';
import { createFailure, createSuccess } from '../service-result';
import type { ServiceResult } from '../service-result';
import { fromCalendarSpec } from './calendar-ranges';
import { fromServerOverlap } from './overlap';
import { formatAction } from './schedule-action';
import { formatScheduleKey, toScheduleFailure } from './schedule-failure';

/** One batch that a schedule has started. */
export interface Firing {
  readonly batchId: string;
  readonly runId: string;
  readonly startedAtMs: number;
}

/** What anybody who may see a schedule can know about it. */
export interface ScheduleFacts {
  readonly key: ScheduleKey;
  /** When it orders, as people write it. */
  readonly times: string;
  readonly timeZone: string;
  readonly isPaused: boolean;
  /** Who paused or resumed it and why, or why it paused itself. */
  readonly note: string | null;
  /** Firings that are left; null when they are not limited. */
  readonly remaining: number | null;
  /** The next times, ten at most, ms since 1970. */
  readonly nextAtMs: readonly number[];
  /** The latest batches, oldest first. */
  readonly firings: readonly Firing[];
  readonly counts: { readonly taken: number; readonly skipped: number; readonly missed: number };
}

/** A schedule of ours as the server has it now. */
export interface ScheduleState extends ScheduleFacts {
  readonly known: KnownSchedule;
}

/** What stands under the id of a schedule. */
export type FoundSchedule =
  | { readonly kind: 'ours'; readonly state: ScheduleState }
  /** Made by somebody else: it has not our mark. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'none' };

/**
 * Looks a schedule up by its name.
 *
 * @param client - the Temporal client
 * @param key - which schedule
 * @returns what stands there; `no-server`
 */
export async function findSchedule(
  client: Client,
  key: ScheduleKey,
): Promise<ServiceResult<FoundSchedule>> {
  try {
    const handle = client.schedule.getHandle(toScheduleId(key.tenant, key.name));
    const found = await withinTime(client, () => handle.describe());
    if (!isMarked(found.memo)) return createSuccess({ kind: 'foreign' });
    return createSuccess({ kind: 'ours', state: toScheduleState(key, found) });
  } catch (error) {
    const failure = toScheduleFailure(error, `look up the schedule ${formatScheduleKey(key)}`);
    return failure.code === 'not-found' ? createSuccess({ kind: 'none' }) : failure;
  }
}

/**
 * As {@link findSchedule}, for what needs one of ours.
 *
 * @returns the schedule; `not-found` also for one of somebody else, `no-server`
 */
export async function readSchedule(
  client: Client,
  key: ScheduleKey,
): Promise<ServiceResult<ScheduleState>> {
  const found = await findSchedule(client, key);
  if (!found.ok) return found;
  if (found.value.kind === 'ours') return createSuccess(found.value.state);
  const why = found.value.kind === 'foreign' ? ' that tairfleet has made' : '';
  return createFailure(
    'not-found',
    `There is no schedule ${formatScheduleKey(key)}${why}. "tairfleet schedule list" shows those that are there.`,
  );
}

/** Whether a schedule is ours by its memo. */
export function isMarked(memo: Readonly<Record<string, unknown>> | undefined): boolean {
  return memo?.[SCHEDULE_MEMO] !== undefined;
}

/** Whose batch a firing is; null for a workflow that is no batch. */
export function toFiring({ takenAt, action }: ScheduleExecutionResult): Firing | null {
  const { workflowId, firstExecutionRunId } = action.workflow;
  const batchId = fromWorkflowId(workflowId)?.batchId;
  if (batchId === undefined) return null;
  return { batchId, runId: firstExecutionRunId, startedAtMs: takenAt.getTime() };
}

function toScheduleState(key: ScheduleKey, found: ScheduleDescription): ScheduleState {
  const { state, info } = found;
  const { numActionsTaken, numActionsSkippedOverlap, numActionsMissedCatchupWindow } = info;
  const known = toKnownSchedule(key, found);
  return {
    key: fromScheduleId(found.scheduleId) ?? key,
    times: formatTimes(known.times),
    timeZone: known.times.timeZone,
    known,
    isPaused: state.paused,
    note: state.note === undefined || state.note === '' ? null : state.note,
    remaining: state.remainingActions ?? null,
    nextAtMs: info.nextActionTimes.map((at) => at.getTime()),
    firings: info.recentActions.map(toFiring).filter((firing) => firing !== null),
    counts: {
      taken: numActionsTaken,
      skipped: numActionsSkippedOverlap,
      missed: numActionsMissedCatchupWindow,
    },
  };
}

function toKnownSchedule(key: ScheduleKey, found: ScheduleDescription): KnownSchedule {
  const { action, policies, state } = found;
  const input = action.args?.[0] as { readonly request?: unknown } | undefined;
  const checked = checkBatchRequest(input?.request, { fallbackBatchId: key.name });
  const mark = action.memo?.[SCHEDULE_MEMO] as ScheduleMark | undefined;
  const remaining = state.remainingActions ?? null;
  return {
    ...key,
    times: toTimes(found.spec),
    rules: {
      overlap: fromServerOverlap(policies.overlap),
      catchUpMs: policies.catchupWindow,
      pauseOnFailure: policies.pauseOnFailure,
      firings: remaining === null ? null : (mark?.firings ?? remaining),
    },
    isPaused: state.paused,
    document: input?.request,
    request: checked.ok ? checked.request : null,
    action: formatAction(action),
  };
}

function toTimes(spec: ScheduleDescription['spec']): ScheduleTimes {
  const { calendars = [], intervals = [], timezone, jitter, startAt, endAt } = spec;
  return {
    calendars: calendars.map(fromCalendarSpec),
    intervals: intervals.map(({ every, offset }) => ({ everyMs: every, offsetMs: offset })),
    timeZone: timezone || 'UTC',
    jitterMs: jitter ?? 0,
    startAtMs: startAt?.getTime() ?? null,
    endAtMs: endAt?.getTime() ?? null,
  };
}
