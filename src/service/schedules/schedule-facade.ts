import type { ActionNote } from '../../contract/messages';
import type { ScheduleFile, ScheduleKey } from '../../domain/schedule/schedule';
import type { ServiceResult } from '../service-result';
import type { Backfilled, BackfillOrder } from './backfill-schedule';
import type { ListedSchedule } from './list-schedules';
import type { PlannedSchedules } from './planned-schedules';
import type { Firing, ScheduleFacts } from './schedule-state';

/** Schedules as somebody has written them. */
export interface WrittenSchedules {
  readonly file: ScheduleFile;
  /** The same as it was written, for a server that reads it itself. */
  readonly document: unknown;
}

/** What to apply, and how far that goes. */
export interface ScheduleOrder extends WrittenSchedules {
  /** Whether schedules of the tenant that are not in the file are deleted. */
  readonly isPruned: boolean;
  /** Who applies it; over the HTTP API the key says that. */
  readonly submittedBy?: string;
}

/**
 * What can be done with schedules wherever one stands: next to Temporal, or over the HTTP API. Those
 * that somebody else has made do not exist here. Failures are values, with the same codes on both ways.
 */
export interface ScheduleFacade {
  /** Compares a file with the server. */
  planSchedules(written: WrittenSchedules): Promise<ServiceResult<PlannedSchedules>>;
  /** Makes the server's schedules those of a file. */
  applySchedules(order: ScheduleOrder): Promise<ServiceResult<PlannedSchedules>>;
  /** All schedules, or those of a tenant. */
  listSchedules(tenant?: string): Promise<ServiceResult<readonly ListedSchedule[]>>;
  /** Everything about one: its times, its latest batches and its next times. */
  schedule(key: ScheduleKey): Promise<ServiceResult<ScheduleFacts>>;
  /** Starts a batch now; a failure when it has ordered nothing of its own. */
  triggerSchedule(key: ScheduleKey): Promise<ServiceResult<Firing>>;
  /** Stops it from ordering. */
  pauseSchedule(key: ScheduleKey, note: ActionNote): Promise<ServiceResult<ScheduleFacts>>;
  /** Lets it order again. */
  resumeSchedule(key: ScheduleKey, note: ActionNote): Promise<ServiceResult<ScheduleFacts>>;
  /** Orders for past times that have no batch. */
  backfillSchedule(key: ScheduleKey, order: BackfillOrder): Promise<ServiceResult<Backfilled>>;
  /** Deletes it; what it has started goes on. */
  deleteSchedule(key: ScheduleKey): Promise<ServiceResult<null>>;
}
