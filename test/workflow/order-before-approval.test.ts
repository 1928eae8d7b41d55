import { startFleet, type Fleet, type StartedBatch } from '../support/fleet';
import { LARGE_PLAN } from '../support/large-batch';
import { createTestRequest } from '../support/test-request';

/** Orders to a batch that awaits its approval: none of them is one. */

const SLOTS = 40;

let fleet: Fleet;
afterEach(() => fleet.close());

describe.each([
  ['in one workflow', {}],
  ['of several shards', { plan: LARGE_PLAN }],
])('a batch %s that awaits an approval', (_, dependencies) => {
  it.each([
    ['setConcurrency', [['setConcurrency', { chunksInFlight: 5 }]]],
    ['extendDeadline', [['extendDeadline', { extendBy: '1h' }]]],
    ['pause and resume', [['pause'], ['resume']]],
  ] as const)('buys nothing by %s', async (_name, orders) => {
    fleet = await startFleet({ dependencies });
    const batch = await fleet.start({ ...createTestRequest(SLOTS), policy: { approvalAbove: 19 } });
    const { approval } = await batch.until(({ phase }) => phase === 'awaitingApproval');
    // What is ordered takes effect in the very task that answers.
    for (const [name, input] of orders) await batch.update(name, input);
    expect(await listBegun(batch)).not.toContain('prove');
    await batch.update('reject', { plan: approval!.plan, by: 'ann' });
    expect(await batch.result()).toMatchObject({
      outcome: 'cancelled',
      counts: { ready: 0, skipped: SLOTS },
    });
    expect((await fleet.control.stats()).orders).toBe(0);
  });
});

/** Types of the activities that the batch has scheduled, and 'prove' for each shard that it has started. */
async function listBegun({ workflowId }: StartedBatch): Promise<readonly string[]> {
  const { events } = await fleet.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).map(({ activityTaskScheduledEventAttributes: activity, ...event }) =>
    event.startChildWorkflowExecutionInitiatedEventAttributes
      ? 'prove'
      : (activity?.activityType?.name ?? ''),
  );
}
