import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** What the workflow does when its own books cannot be right any more. */

const SLOTS = 60;
const REQUEST = createTestRequest(SLOTS);

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({ tuning: { chunksInFlight: 2 } });
});
afterAll(() => fleet.close());

test('an instance that two chunks were given stops all sending, and a new run puts it right', async () => {
  const { client, control } = fleet;
  const spy = answerFirstIdsTwice();
  const batch = await fleet.start(REQUEST);
  const handle = client.workflow.getHandle(batch.workflowId);

  const failure = await waitFor(
    async () => {
      const { events } = await handle.fetchHistory();
      const failed = events?.find((event) => event.workflowTaskFailedEventAttributes);
      return failed?.workflowTaskFailedEventAttributes?.failure?.message ?? '';
    },
    (message) => message !== '',
  );
  expect(failure).toMatch(/^broken invariant: one-owner: \S+ is owned by /);
  // The first chunk alone, then two at once.
  expect(spy).toHaveBeenCalledTimes(3);
  spy.mockRestore();

  await handle.terminate('its books are wrong');
  const [, , batchId] = batch.workflowId.split('/');
  const again = await client.workflow.start('provisionBatch', {
    workflowId: batch.workflowId,
    taskQueue: fleet.taskQueue,
    args: [{ request: { apiVersion: 'tairfleet/v1', batchId, ...REQUEST } }],
  });
  expect(await again.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: SLOTS } });
  expect((await control.stats()).instances.live).toBe(SLOTS);
});

/** The service gives away for the second time what the first call of the batch has bought. */
function answerFirstIdsTwice() {
  const { cloud } = fleet.dependencies;
  const send = cloud.createInstances.bind(cloud);
  let first: readonly string[] | null = null;
  return jest.spyOn(cloud, 'createInstances').mockImplementation(async (call) => {
    const answer = await send(call);
    if (answer.kind !== 'created') return answer;
    first ??= answer.ids;
    return { ...answer, ids: first };
  });
}
