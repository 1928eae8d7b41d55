import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { createRunDirectory } from '../../src/service/run-directory';

/** What the server itself says of an attempt; the test is its worker, so that it holds the tokens. */

const TASK_QUEUE = { name: `by-hand-${randomUUID()}` };
const WORKFLOW_ID = `attempts-${randomUUID()}`;

let client: Client;
beforeAll(async () => {
  const address = process.env['TAIRFLEET_TEST_TEMPORAL_ADDRESS']!;
  client = new Client({ connection: await Connection.connect({ address }) });
});
afterAll(async () => {
  await client.workflow.getHandle(WORKFLOW_ID).terminate();
  await client.connection.close();
});

test('an attempt is awaited until it is over, and only the one that follows it is awaited then', async () => {
  const { isAwaited } = createRunDirectory(client);
  await scheduleActivity();
  const first = await takeAttempt();
  expect(await isAwaited(first)).toBe(true);
  await failAttempt(first);
  expect(await isAwaited(first)).toBe(false);
  const second = await takeAttempt();
  expect(await isAwaited(first)).toBe(false);
  expect(await isAwaited(second)).toBe(true);
});

test('who cannot be told is no attempt that is over', async () => {
  const { isAwaited } = createRunDirectory(client);
  await expect(isAwaited(new TextEncoder().encode('no token'))).rejects.toThrow();
});

/** Starts a workflow whose only command is an activity that is tried twice. */
async function scheduleActivity(): Promise<void> {
  await client.workflow.start('byHand', { workflowId: WORKFLOW_ID, taskQueue: TASK_QUEUE.name });
  const { namespace } = client.options;
  const request = { namespace, taskQueue: TASK_QUEUE };
  const { taskToken } = await poll(() => client.workflowService.pollWorkflowTaskQueue(request));
  const scheduleActivityTaskCommandAttributes = {
    activityId: '1',
    activityType: { name: 'byHand' },
    taskQueue: TASK_QUEUE,
    startToCloseTimeout: msToTs('1 minute'),
    retryPolicy: { initialInterval: msToTs('1 ms'), maximumAttempts: 2 },
  };
  // `COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK`
  const commands = [{ commandType: 1, scheduleActivityTaskCommandAttributes }];
  await client.workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, commands });
}

async function takeAttempt(): Promise<Uint8Array> {
  const { namespace } = client.options;
  const request = { namespace, taskQueue: TASK_QUEUE };
  const task = await poll(() => client.workflowService.pollActivityTaskQueue(request));
  return task.taskToken;
}

/** The server wants to know how long a poll may hang. */
function poll<T>(ask: () => Promise<T>): Promise<T> {
  return client.withDeadline(Date.now() + 20_000, ask);
}

async function failAttempt(taskToken: Uint8Array): Promise<void> {
  const { namespace } = client.options;
  const failure = { message: 'the next one, please', applicationFailureInfo: {} };
  await client.workflowService.respondActivityTaskFailed({ namespace, taskToken, failure });
}
