import type { components } from '../client/api-types';
import type { ActionNote } from '../contract/messages';
import type { PlanWarning } from '../domain/plan-warnings';
import type { Schedule, ScheduleKey } from '../domain/schedule/schedule';
import type { PlannedSchedules, PlannedStep } from '../service/schedules/planned-schedules';
import { listPlannedTimes } from '../service/schedules/planned-times';
import type { ScheduleFacade, WrittenSchedules } from '../service/schedules/schedule-facade';
import type { Firing, ScheduleFacts } from '../service/schedules/schedule-state';
import { createFailure, createSuccess } from '../service/service-result';
import type { ServiceResult } from '../service/service-result';
import type { ApiConnection } from './api-connection';
import { toDifference } from './api-failure';

type Schemas = components['schemas'];

/** A body that this side has read itself, and the server reads again. */
type Body = never;

/**
 * Builds the facade of schedules over the HTTP API. Who acts it does not take: the key says that.
 *
 * @param api - the server
 */
export function createRemoteSchedules(api: ApiConnection): ScheduleFacade {
  return {
    planSchedules: (written) => plan(api, written),
    applySchedules: ({ isPruned, ...written }) => apply(api, written, isPruned),
    async listSchedules(tenant) {
      const params = { query: tenant === undefined ? {} : { tenant } };
      const listed = await api.send((client) => client.GET('/v1/schedules', { params }));
      if (!listed.ok) return listed;
      return createSuccess(
        listed.value.schedules.map(({ nextAt, latest, ...row }) => ({
          ...row,
          nextAtMs: nextAt === null ? null : Date.parse(nextAt),
          latest: latest === null ? null : toFiring(latest),
        })),
      );
    },
    async schedule(key) {
      const params = toParams(key);
      return toFacts(await api.send((client) => client.GET('/v1/schedules/{name}', { params })));
    },
    async triggerSchedule(key) {
      const params = toParams(key);
      const path = '/v1/schedules/{name}/actions/trigger';
      const triggered = await api.send((client) => client.POST(path, { params }));
      return triggered.ok ? createSuccess(toFiring(triggered.value.batch)) : triggered;
    },
    pauseSchedule: (key, note) => setPaused(api, key, { name: 'pause', note }),
    resumeSchedule: (key, note) => setPaused(api, key, { name: 'resume', note }),
    async backfillSchedule(key, { fromMs, toMs, isParallel, isDryRun = false }) {
      const body = { from: toMoment(fromMs), to: toMoment(toMs), isParallel, isDryRun };
      const request = { params: toParams(key), body };
      const path = '/v1/schedules/{name}/actions/backfill';
      const filled = await api.send((client) => client.POST(path, request));
      if (!filled.ok) return filled;
      const { filled: filledAt, known } = filled.value;
      return createSuccess({ filledMs: filledAt.map(Date.parse), knownMs: known.map(Date.parse) });
    },
    deleteSchedule(key) {
      const params = toParams(key);
      return api.order((client) => client.DELETE('/v1/schedules/{name}', { params }));
    },
  };
}

/** Whole seconds: a moment of a schedule has no smaller parts. */
function toMoment(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

function toParams({ tenant, name }: ScheduleKey) {
  return { path: { name }, query: { tenant } };
}

async function plan(
  api: ApiConnection,
  written: WrittenSchedules,
): Promise<ServiceResult<PlannedSchedules>> {
  const body = written.document as Body;
  const planned = await api.send((client) => client.POST('/v1/schedule-plans', { body }));
  return planned.ok ? toPlanned(planned.value, written) : planned;
}

async function apply(
  api: ApiConnection,
  written: WrittenSchedules,
  isPruned: boolean,
): Promise<ServiceResult<PlannedSchedules>> {
  const body = written.document as Body;
  const params = { query: { prune: isPruned ? 'true' : 'false' } as const };
  const applied = await api.send((client) => client.PUT('/v1/schedules', { body, params }));
  return applied.ok ? toPlanned(applied.value, written) : applied;
}

/** The server names the steps; what stands in the file is here already. */
function toPlanned(
  { tenant, schedules, warnings }: Schemas['SchedulePlan'],
  { file }: WrittenSchedules,
): ServiceResult<PlannedSchedules> {
  const steps: PlannedStep[] = [];
  for (const { name, step, differences, nextAt } of schedules) {
    if (step !== 'add' && step !== 'change') {
      steps.push({ kind: step === 'delete' ? 'gone' : step, name });
      continue;
    }
    const schedule = file.schedules.find((one) => one.name === name);
    if (schedule === undefined) return createUnknownStep(name);
    const wanted = { name, schedule, nextAtMs: toNextTimes(nextAt, schedule) };
    steps.push(
      step === 'add'
        ? { kind: step, ...wanted }
        : { kind: step, ...wanted, differences: differences.map(toDifference) },
    );
  }
  return createSuccess({ tenant, steps, warnings: warnings.map(toWarning) });
}

/** A server of a version before has none of these times, and what it has left of firings is not known. */
function toNextTimes(nextAt: readonly string[] | undefined, schedule: Schedule): readonly number[] {
  return nextAt?.map((at) => Date.parse(at)) ?? listPlannedTimes(schedule, schedule.rules.firings);
}

function toWarning({ schedule, ...warning }: Schemas['SchedulePlan']['warnings'][number]) {
  return { schedule, ...(warning as PlanWarning) };
}

function createUnknownStep(name: string): ServiceResult<never> {
  return createFailure(
    'unexpected',
    `The server has a step for the schedule ${name}, which the file has not: is it of another version?`,
  );
}

async function setPaused(
  api: ApiConnection,
  key: ScheduleKey,
  { name, note: { why, ticket } }: { readonly name: 'pause' | 'resume'; readonly note: ActionNote },
): Promise<ServiceResult<ScheduleFacts>> {
  const path = `/v1/schedules/{name}/actions/${name}` as '/v1/schedules/{name}/actions/pause';
  const body = {
    ...(why === undefined ? {} : { why }),
    ...(ticket === undefined ? {} : { ticket }),
  };
  const params = toParams(key);
  return toFacts(await api.send((client) => client.POST(path, { params, body })));
}

function toFacts(answer: ServiceResult<Schemas['Schedule']>): ServiceResult<ScheduleFacts> {
  if (!answer.ok) return answer;
  const { tenant, name, nextAt, batches, taken, skipped, missed, ...rest } = answer.value;
  return createSuccess({
    ...rest,
    key: { tenant, name },
    nextAtMs: nextAt.map((at) => Date.parse(at)),
    firings: batches.map(toFiring),
    counts: { taken, skipped, missed },
  });
}

function toFiring({ batchId, runId, startedAt }: Schemas['ScheduledBatch']): Firing {
  return { batchId, runId, startedAtMs: Date.parse(startedAt) };
}
