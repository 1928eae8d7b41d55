import type { Client } from '@temporalio/client';
import { TASK_QUEUES } from '../contract/names';
import { withinTime } from './batch-run';
import { createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import { toServiceFailure } from './temporal-failure';

/** Somebody who takes tasks from one of our queues. */
export interface Poller {
  /** What the worker calls itself; `pid@host` unless it was told otherwise. */
  readonly identity: string;
  readonly lastSeenAtMs: number;
}

/** A poll lasts at most a minute, so that a living poller is seen again within that. */
const POLLER_AGE_MAX_MS = 70_000;

/** Task queue type of workflow tasks (temporal.api.enums.v1.TaskQueueType). */
const WORKFLOW_TASKS = 1;

/**
 * Lists who polls our main queue. The server remembers pollers for some minutes; those that are
 * silent for longer than a poll lasts are left out.
 *
 * @param client - the Temporal client
 */
export async function listPollers(client: Client): Promise<ServiceResult<readonly Poller[]>> {
  try {
    const answer = await withinTime(client, () =>
      client.workflowService.describeTaskQueue({
        namespace: client.options.namespace,
        taskQueue: { name: TASK_QUEUES.main },
        taskQueueType: WORKFLOW_TASKS,
      }),
    );
    const oldestMs = Date.now() - POLLER_AGE_MAX_MS;
    const pollers = (answer.pollers ?? []).map((poller) => ({
      identity: poller.identity ?? '',
      lastSeenAtMs: Number(poller.lastAccessTime?.seconds ?? 0) * 1_000,
    }));
    return createSuccess(pollers.filter((poller) => poller.lastSeenAtMs >= oldestMs));
  } catch (error) {
    return toServiceFailure(error, `list who polls ${TASK_QUEUES.main}`);
  }
}
