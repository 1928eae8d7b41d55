import type { Client, ScheduleHandle } from '@temporalio/client';
import type { ActionNote } from '../../contract/messages';
import { toScheduleId } from '../../contract/schedule-id';
import type { ScheduleKey } from '../../domain/schedule/schedule';
import { withinTime } from '../batch-run';
import { createSuccess } from '../service-result';
import type { ServiceResult } from '../service-result';
import { formatScheduleKey, toScheduleFailure } from './schedule-failure';
import { readSchedule } from './schedule-state';
import type { ScheduleState } from './schedule-state';

/**
 * Stops a schedule from ordering, or lets it order again. Open batches go on.
 *
 * @param client - the Temporal client
 * @param key - which schedule
 * @param order - which of both, and the note that the schedule shows from then on
 * @returns the schedule as it is now; `not-found`, `no-server`
 */
export function setPaused(
  client: Client,
  key: ScheduleKey,
  order: { readonly isPaused: boolean; readonly note: ActionNote },
): Promise<ServiceResult<ScheduleState>> {
  const { isPaused } = order;
  const text = toNoteText(isPaused ? 'paused' : 'resumed', order.note);
  const what = isPaused ? 'pause' : 'resume';
  return withOwn(client, key, {
    what,
    work: async (handle) => {
      await withinTime(client, () => (isPaused ? handle.pause(text) : handle.unpause(text)));
      return readSchedule(client, key);
    },
  });
}

/**
 * Deletes a schedule. What it has started goes on, and keeps its results.
 *
 * @param client - the Temporal client
 * @param key - which schedule
 * @returns null when it is gone; `not-found`, `no-server`
 */
export function deleteSchedule(client: Client, key: ScheduleKey): Promise<ServiceResult<null>> {
  return withOwn(client, key, {
    what: 'delete',
    work: async (handle) => {
      await withinTime(client, () => handle.delete());
      return createSuccess(null);
    },
  });
}

interface Work<Value> {
  /** As a verb, for messages. */
  readonly what: string;
  readonly work: (handle: ScheduleHandle, state: ScheduleState) => Promise<ServiceResult<Value>>;
}

/**
 * Does something with a schedule of ours, and with none of anybody else.
 *
 * @param client - the Temporal client
 * @param key - which schedule
 * @param work - what to do; what it throws becomes a failure
 */
export async function withOwn<Value>(
  client: Client,
  key: ScheduleKey,
  { what, work }: Work<Value>,
): Promise<ServiceResult<Value>> {
  const found = await readSchedule(client, key);
  if (!found.ok) return found;
  try {
    return await work(client.schedule.getHandle(toScheduleId(key.tenant, key.name)), found.value);
  } catch (error) {
    return toScheduleFailure(error, `${what} the schedule ${formatScheduleKey(key)}`);
  }
}

/** `paused by ada: the budget is spent (T-7)`. */
function toNoteText(verb: string, { by, why, ticket }: ActionNote): string {
  return [
    verb,
    by === undefined ? '' : ` by ${by}`,
    why === undefined ? '' : `: ${why}`,
    ticket === undefined ? '' : ` (${ticket})`,
  ].join('');
}
