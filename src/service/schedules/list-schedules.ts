import type { Client, ScheduleSummary } from '@temporalio/client';
import { fromScheduleId } from '../../contract/schedule-id';
import type { ScheduleKey } from '../../domain/schedule/schedule';
import { isServerAnswering } from '../batch-run';
import { createFailure, createSuccess } from '../service-result';
import type { ServiceResult } from '../service-result';
import { isMarked, toFiring } from './schedule-state';
import type { Firing } from './schedule-state';
import { toScheduleFailure } from './schedule-failure';

/** A schedule in a list; the server updates it within seconds. */
export interface ListedSchedule extends ScheduleKey {
  readonly isPaused: boolean;
  readonly note: string | null;
  /** Null when it has no time left. */
  readonly nextAtMs: number | null;
  /** Null before its first one. */
  readonly latest: Firing | null;
}

/**
 * Lists the schedules of ours, by tenant and name.
 *
 * @param client - the Temporal client
 * @param tenant - only those of one
 * @returns the rows; `no-server`
 */
export async function listSchedules(
  client: Client,
  tenant?: string,
): Promise<ServiceResult<readonly ListedSchedule[]>> {
  const what = 'list the schedules';
  // The iteration itself has no time limit.
  if (!(await isServerAnswering(client))) {
    return createFailure('no-server', `Could not ${what}: the Temporal server did not answer.`);
  }
  try {
    const rows: ListedSchedule[] = [];
    for await (const summary of client.schedule.list()) {
      const row = toRow(summary);
      if (row !== null && (tenant === undefined || row.tenant === tenant)) rows.push(row);
    }
    return createSuccess(rows.sort(compareKeys));
  } catch (error) {
    return toScheduleFailure(error, what);
  }
}

function toRow({ scheduleId, memo, state, info }: ScheduleSummary): ListedSchedule | null {
  const key = fromScheduleId(scheduleId);
  if (key === null || !isMarked(memo)) return null;
  const latest = info.recentActions.at(-1);
  return {
    ...key,
    isPaused: state.paused,
    note: state.note === undefined || state.note === '' ? null : state.note,
    nextAtMs: info.nextActionTimes[0]?.getTime() ?? null,
    latest: latest === undefined ? null : toFiring(latest),
  };
}

function compareKeys(left: ScheduleKey, right: ScheduleKey): number {
  return left.tenant.localeCompare(right.tenant) || left.name.localeCompare(right.name);
}
