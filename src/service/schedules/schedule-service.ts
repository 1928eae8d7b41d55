import type { Client } from '@temporalio/client';
import type { ScheduleKey } from '../../domain/schedule/schedule';
import type { ResultStore } from '../../outbound/result-store';
import type { ServiceResult } from '../service-result';
import { deleteSchedule, setPaused } from './act-on-schedule';
import { applySchedules } from './apply-schedules';
import { backfillSchedule } from './backfill-schedule';
import { listSchedules } from './list-schedules';
import { planSchedules } from './plan-schedules';
import type { SchedulePlan } from './plan-schedules';
import type { ScheduleFacade, ScheduleOrder, WrittenSchedules } from './schedule-facade';
import { readSchedule } from './schedule-state';
import type { ScheduleState } from './schedule-state';
import { triggerSchedule } from './trigger-schedule';

/** The facade next to Temporal, which knows more of a schedule than everybody may see. */
export interface ScheduleService extends ScheduleFacade {
  planSchedules(written: Pick<WrittenSchedules, 'file'>): Promise<ServiceResult<SchedulePlan>>;
  applySchedules(order: Omit<ScheduleOrder, 'document'>): Promise<ServiceResult<SchedulePlan>>;
  schedule(key: ScheduleKey): Promise<ServiceResult<ScheduleState>>;
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
    planSchedules: ({ file }) => planSchedules(client, file, queue),
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
