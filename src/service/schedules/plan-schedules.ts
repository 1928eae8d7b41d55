import type { Client } from '@temporalio/client';
import type { Schedule, ScheduleFile } from '../../domain/schedule/schedule';
import { listScheduleDifferences } from '../../domain/schedule/schedule-difference';
import { mapAtOnce } from '../at-once';
import { createSuccess } from '../service-result';
import type { ServiceResult } from '../service-result';
import { listSchedules } from './list-schedules';
import { listPlannedTimes } from './planned-times';
import { describeAction } from './schedule-action';
import type { ApplySettings } from './schedule-action';
import type { PlannedSchedules, PlannedStep } from './planned-schedules';
import { toRemainingFirings } from './schedule-options';
import { findSchedule } from './schedule-state';
import type { ScheduleState } from './schedule-state';

/** A step, with what there is before a change. */
export type ScheduleStep =
  | Exclude<PlannedStep, { kind: 'change' }>
  | (Extract<PlannedStep, { kind: 'change' }> & { readonly state: ScheduleState });

/** A plan that can be carried out. */
export interface SchedulePlan extends PlannedSchedules {
  readonly steps: readonly ScheduleStep[];
}

const ASKED_AT_ONCE = 10;

/**
 * Compares a file with the server; changes nothing.
 *
 * @param client - the Temporal client
 * @param file - checked schedules
 * @param settings - where their batches would run
 * @returns the steps; `no-server`
 */
export async function planSchedules(
  client: Client,
  file: ScheduleFile,
  settings: ApplySettings,
): Promise<ServiceResult<SchedulePlan>> {
  const { tenant, schedules } = file;
  const listed = await listSchedules(client, tenant);
  if (!listed.ok) return listed;
  const steps: ScheduleStep[] = [];
  const planned = await mapAtOnce(schedules, ASKED_AT_ONCE, (schedule) =>
    planSchedule(client, schedule, settings),
  );
  for (const step of planned) {
    if (!step.ok) return step;
    steps.push(step.value);
  }
  const named = new Set(schedules.map(({ name }) => name));
  const gone = listed.value
    .filter(({ name }) => !named.has(name))
    .map(({ name }) => ({ kind: 'gone', name }) as const);
  return createSuccess({ tenant, steps: [...steps, ...gone] });
}

async function planSchedule(
  client: Client,
  schedule: Schedule,
  settings: ApplySettings,
): Promise<ServiceResult<ScheduleStep>> {
  const { name } = schedule;
  const found = await findSchedule(client, schedule);
  if (!found.ok) return found;
  if (found.value.kind === 'foreign') return createSuccess({ kind: 'foreign', name });
  if (found.value.kind === 'none') {
    const nextAtMs = listPlannedTimes(schedule, schedule.rules.firings);
    return createSuccess({ kind: 'add', name, schedule, nextAtMs });
  }
  const { state } = found.value;
  const action = describeAction(schedule, settings);
  const differences = listScheduleDifferences(state.known, schedule, action);
  if (differences.length === 0) return createSuccess({ kind: 'same', name });
  const nextAtMs = listPlannedTimes(schedule, toRemainingFirings(schedule, state));
  return createSuccess({ kind: 'change', name, schedule, state, differences, nextAtMs });
}
