import type { Client } from '@temporalio/client';
import { toCloudQueue, toWaitQueue } from '../../contract/names';
import { withinTime } from '../batch-run';
import { createFault, createOk, type Finding } from './finding';

/** Task queue types (temporal.api.enums.v1.TaskQueueType). */
const WORKFLOW_TASKS = 1;
const ACTIVITY_TASKS = 2;

/** A poll lasts at most a minute, so that a living poller is seen again within that. */
const POLLER_AGE_MAX_MS = 70_000;

/** Who takes tasks from each of the three queues. */
export async function checkPollers(client: Client, mainQueue: string): Promise<readonly Finding[]> {
  const queues = [
    { check: 'worker-main', name: mainQueue, type: WORKFLOW_TASKS },
    { check: 'worker-cloud', name: toCloudQueue(mainQueue), type: ACTIVITY_TASKS },
    { check: 'worker-wait', name: toWaitQueue(mainQueue), type: ACTIVITY_TASKS },
  ];
  return Promise.all(queues.map((queue) => checkQueue(client, queue)));
}

async function checkQueue(
  client: Client,
  queue: { readonly check: string; readonly name: string; readonly type: number },
): Promise<Finding> {
  const { namespace } = client.options;
  const answer = await withinTime(client, () =>
    client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: queue.name },
      taskQueueType: queue.type,
    }),
  );
  const oldestMs = Date.now() - POLLER_AGE_MAX_MS;
  const living = new Set(
    (answer.pollers ?? [])
      .filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= oldestMs)
      .map(({ identity }) => identity ?? ''),
  );
  const who = [...living].slice(0, 3).join(', ');
  if (living.size > 0) return createOk(queue.check, `${living.size} on ${queue.name}: ${who}`);
  return createFault(
    queue.check,
    `nobody polls ${queue.name}`,
    'Start a worker with "tairfleet worker"; one that has just ended is seen for a minute.',
  );
}
