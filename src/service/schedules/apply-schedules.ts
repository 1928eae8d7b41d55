import type { Client } from '@temporalio/client';
import { toScheduleId } from '../../contract/schedule-id';
import type { ScheduleFile, ScheduleKey } from '../../domain/schedule/schedule';
import { withinTime } from '../batch-run';
import { createFailure } from '../service-result';
import type { ServiceFailure, ServiceResult } from '../service-result';
import { planSchedules } from './plan-schedules';
import type { SchedulePlan, ScheduleStep } from './plan-schedules';
import type { ApplySettings } from './schedule-action';
import { formatScheduleKey, toScheduleFailure } from './schedule-failure';
import { toCreateOptions, toUpdateOptions } from './schedule-options';

/** What to apply, and how far that goes. */
export interface ApplyOrder extends ApplySettings {
  readonly file: ScheduleFile;
  /** Whether schedules of the tenant that are not in the file are deleted. */
  readonly isPruned: boolean;
}

/**
 * Makes the server's schedules those of a file. It touches only schedules of ours and of the file's
 * tenant, deletes none unless it is told to, and doing it again changes nothing.
 *
 * @param client - the Temporal client
 * @param order - the file, who applies it, and whether others go
 * @returns what was done; `conflict` before anything is changed when an id is taken by a schedule of
 *   somebody else; `refused`, `no-server` with what was done until then
 */
export async function applySchedules(
  client: Client,
  order: ApplyOrder,
): Promise<ServiceResult<SchedulePlan>> {
  const plan = await planSchedules(client, order.file, order);
  if (!plan.ok) return plan;
  const { tenant, steps } = plan.value;
  const foreign = steps.find(({ kind }) => kind === 'foreign');
  if (foreign !== undefined) return createForeign({ tenant, name: foreign.name });
  const done: string[] = [];
  for (const step of steps) {
    const failure = await takeStep(client, tenant, { step, order });
    if (failure !== null) return withProgress(failure, done);
    done.push(step.name);
  }
  return plan;
}

async function takeStep(
  client: Client,
  tenant: string,
  { step, order }: { readonly step: ScheduleStep; readonly order: ApplyOrder },
): Promise<ServiceFailure | null> {
  const key = { tenant, name: step.name };
  switch (step.kind) {
    case 'add':
      return attempt(client, `make the schedule ${formatScheduleKey(key)}`, () =>
        client.schedule.create(toCreateOptions(step.schedule, order)),
      );
    case 'change': {
      const options = toUpdateOptions(step.schedule, order, step.state);
      return attempt(client, `change the schedule ${formatScheduleKey(key)}`, () =>
        client.schedule.getHandle(toScheduleId(tenant, step.name)).update(() => options),
      );
    }
    case 'gone':
      return order.isPruned ? removeSchedule(client, key) : null;
    default:
      return null;
  }
}

/** Deletes a schedule that is known to be ours; what it has started goes on. */
function removeSchedule(client: Client, key: ScheduleKey): Promise<ServiceFailure | null> {
  return attempt(client, `delete the schedule ${formatScheduleKey(key)}`, () =>
    client.schedule.getHandle(toScheduleId(key.tenant, key.name)).delete(),
  );
}

async function attempt(
  client: Client,
  what: string,
  call: () => Promise<unknown>,
): Promise<ServiceFailure | null> {
  try {
    await withinTime(client, call);
    return null;
  } catch (error) {
    return toScheduleFailure(error, what);
  }
}

function createForeign(key: ScheduleKey): ServiceFailure {
  const id = toScheduleId(key.tenant, key.name);
  return createFailure(
    'conflict',
    `The schedule ${id} was not made by tairfleet, so nothing was changed. Give yours another ` +
      'name, or delete that one with "temporal schedule delete".',
  );
}

function withProgress(failure: ServiceFailure, done: readonly string[]): ServiceFailure {
  const what = done.length === 0 ? 'Nothing was changed.' : `Done before: ${done.join(', ')}.`;
  return { ...failure, message: `${failure.message} ${what} To apply it again goes on.` };
}
