import type { Client } from '@temporalio/client';
import type { ActionNote } from '../../contract/messages';
import type { ScheduleFile, ScheduleKey } from '../../domain/schedule/schedule';
import type { ResultStore } from '../../outbound/result-store';
import type { ServiceResult } from '../service-result';
import { deleteSchedule, setPaused, triggerSchedule } from './act-on-schedule';
import { applySchedules } from './apply-schedules';
import type { ApplyOrder } from './apply-schedules';
import { backfillSchedule } from './backfill-schedule';
import type { Backfilled, BackfillOrder } from './backfill-schedule';
import { listSchedules } from './list-schedules';
import type { ListedSchedule } from './list-schedules';
import { planSchedules } from './plan-schedules';
import type { SchedulePlan } from './plan-schedules';
import { readSchedule } from './schedule-state';
import type { Firing, ScheduleState } from './schedule-state';

/** What can be done with schedules; those that somebody else has made do not exist here. */
export interface ScheduleService {
  /** Compares a file with the server. */
  planSchedules(file: ScheduleFile): Promise<ServiceResult<SchedulePlan>>;
  /** Makes the server's schedules those of a file. */
  applySchedules(order: Omit<ApplyOrder, 'taskQueue'>): Promise<ServiceResult<SchedulePlan>>;
  /** All schedules, or those of a tenant. */
  listSchedules(tenant?: string): Promise<ServiceResult<readonly ListedSchedule[]>>;
  /** Everything about one: its times, its rules, its latest batches and its next times. */
  schedule(key: ScheduleKey): Promise<ServiceResult<ScheduleState>>;
  /** Starts a batch now; null when the server has started none in time. */
  triggerSchedule(key: ScheduleKey): Promise<ServiceResult<Firing | null>>;
  /** Stops it from ordering. */
  pauseSchedule(key: ScheduleKey, note: ActionNote): Promise<ServiceResult<ScheduleState>>;
  /** Lets it order again. */
  resumeSchedule(key: ScheduleKey, note: ActionNote): Promise<ServiceResult<ScheduleState>>;
  /** Orders for past times that have no batch. */
  backfillSchedule(key: ScheduleKey, order: BackfillOrder): Promise<ServiceResult<Backfilled>>;
  /** Deletes it; what it has started goes on. */
  deleteSchedule(key: ScheduleKey): Promise<ServiceResult<ScheduleState>>;
}

/**
 * Builds the service.
 *
 * @param client - a connected Temporal client
 * @param resultStore - where results are kept
 * @param taskQueue - where batches run, when not on the queue of the installation
 */
export function createScheduleService(
  client: Client,
  resultStore: ResultStore,
  taskQueue?: string,
): ScheduleService {
  const queue = taskQueue === undefined ? {} : { taskQueue };
  return {
    planSchedules: (file) => planSchedules(client, file, queue),
    applySchedules: (order) => applySchedules(client, { ...order, ...queue }),
    listSchedules: (tenant) => listSchedules(client, tenant),
    schedule: (key) => readSchedule(client, key),
    triggerSchedule: (key) => triggerSchedule(client, key),
    pauseSchedule: (key, note) => setPaused(client, key, { isPaused: true, note }),
    resumeSchedule: (key, note) => setPaused(client, key, { isPaused: false, note }),
    backfillSchedule: (key, order) => backfillSchedule(client, resultStore, { key, order }),
    deleteSchedule: (key) => deleteSchedule(client, key),
  };
}
