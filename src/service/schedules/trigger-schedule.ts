import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ScheduleHandle } from '@temporalio/client';
import { encodeScheduleOverlapPolicy } from '@temporalio/client/lib/schedule-types';
import { msToTs } from '@temporalio/common/lib/time';
import { toNominalBatchId, toScheduleId } from '../../contract/schedule-id';
import type { ScheduleKey } from '../../domain/schedule/schedule';
import { withinTime } from '../batch-run';
import { createFailure, createSuccess } from '../service-result';
import type { ServiceFailure, ServiceResult } from '../service-result';
import { withOwn } from './act-on-schedule';
import { formatScheduleKey } from './schedule-failure';
import { toFiring } from './schedule-state';
import type { Firing } from './schedule-state';

/** How long a batch that was triggered is waited for, and how often it is asked for. */
const TRIGGER_WAIT_MS = 10_000;
const TRIGGER_LOOK_MS = 100;

/**
 * Starts a batch now, beside whatever runs. Its batch id ends with the second of the trigger, so one
 * second has one batch, whoever starts it.
 *
 * @param client - the Temporal client
 * @param key - which schedule
 * @returns the batch; `conflict` with the name of the batch that has the second already; `not-started`
 *   when the server has started none within 10 s; `not-found`, `no-server`
 */
export function triggerSchedule(client: Client, key: ScheduleKey): Promise<ServiceResult<Firing>> {
  return withOwn(client, key, {
    what: 'trigger',
    work: async (handle, before) => {
      // The moment tells the batch of this trigger from that of any other one in the same second.
      const atMs = Date.now();
      const batchId = toNominalBatchId(key.name, atMs);
      if (before.firings.some((firing) => firing.batchId === batchId)) {
        return createTaken(key, batchId);
      }
      await order(client, key, atMs);
      const found = await waitForFiring(client, handle, batchId);
      if (found === null) return createNotStarted(key);
      return found.scheduledAtMs === atMs ? createSuccess(found.firing) : createTaken(key, batchId);
    },
  });
}

/** As the handle's own trigger, with a time that is ours. */
function order(client: Client, { tenant, name }: ScheduleKey, atMs: number): Promise<unknown> {
  return withinTime(client, () =>
    client.workflowService.patchSchedule({
      namespace: client.options.namespace,
      scheduleId: toScheduleId(tenant, name),
      identity: client.options.identity,
      requestId: randomUUID(),
      patch: {
        triggerImmediately: {
          overlapPolicy: encodeScheduleOverlapPolicy('ALLOW_ALL') ?? null,
          scheduledTime: msToTs(atMs),
        },
      },
    }),
  );
}

async function waitForFiring(
  client: Client,
  handle: ScheduleHandle,
  batchId: string,
): Promise<{ readonly firing: Firing; readonly scheduledAtMs: number } | null> {
  const untilMs = Date.now() + TRIGGER_WAIT_MS;
  while (Date.now() < untilMs) {
    const { info } = await withinTime(client, () => handle.describe());
    for (const action of info.recentActions) {
      const firing = toFiring(action);
      if (firing?.batchId !== batchId) continue;
      return { firing, scheduledAtMs: action.scheduledAt.getTime() };
    }
    await sleep(TRIGGER_LOOK_MS);
  }
  return null;
}

function createTaken(key: ScheduleKey, batchId: string): ServiceFailure {
  const message =
    `This trigger of ${formatScheduleKey(key)} has ordered nothing: its second has a batch already, ` +
    `${key.tenant}/${batchId}. Trigger it again when another one is meant.`;
  return createFailure('conflict', message);
}

function createNotStarted(key: ScheduleKey): ServiceFailure {
  const name = formatScheduleKey(key);
  const message =
    `No batch of ${name} has begun within ten seconds, and one may still. Look at its latest ones ` +
    `before you trigger it again: "tairfleet schedule next ${name}".`;
  return createFailure('not-started', message);
}
