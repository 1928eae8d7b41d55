import fc from 'fast-check';
import { SHARD_SIGNALS } from '../../src/contract/names';
import { toShardWorkflowId } from '../../src/contract/workflow-id';
import { anyJson, fuzz, toFuzzTimeoutMs } from '../fuzz/fuzz';
import { sendAnyOrders } from '../fuzz/orders';
import { startFleet, type Fleet, type StartedBatch } from '../support/fleet';
import { LARGE_PLAN } from '../support/large-batch';
import { createTestRequest } from '../support/test-request';

/** Whatever people and programs send to a running batch: it is refused or obeyed, and the count is exact. */

const SLOTS = 40;
const REQUEST = createTestRequest(SLOTS);

let fleet: Fleet;
afterEach(() => fleet.close());

describe.each([
  ['in one workflow', {}],
  ['of several shards', { plan: LARGE_PLAN }],
])('a batch %s that is sent anything', (_, dependencies) => {
  it(
    'by updates lives on and ends exact',
    async () => {
      const batch = await startStuckBatch(dependencies);
      await sendAnyOrders(batch, { chunks: ['sessions/0-9'], plan: '' }, 15);
      const odd = { instances: 'all of them' };
      await expect(batch.update('cancel', odd)).rejects.toThrow();
      await expectExactEnd(batch);
    },
    toFuzzTimeoutMs(60_000),
  );
});

describe('a batch that is sent anything', () => {
  it(
    'by the signals of shards lives on and ends exact',
    async () => {
      const batch = await startStuckBatch({ plan: LARGE_PLAN });
      const to = (id: string) => fleet.client.workflow.getHandle(id);
      await fuzz(
        fc.asyncProperty(anySignal(), async ({ target, name, payload }) => {
          const id = target === 2 ? batch.workflowId : toShardWorkflowId(batch.workflowId, target);
          await to(id).signal(name, payload);
        }),
        20,
      );
      await expectExactEnd(batch);
    },
    toFuzzTimeoutMs(60_000),
  );
});

/** A report that is wrong in one place, an order that is none, and things that nobody knows. */
function anySignal(): fc.Arbitrary<{ target: 0 | 1 | 2; name: string; payload: unknown }> {
  const report = fc.record(
    {
      shard: fc.constantFrom(0, 1, 9, -1, '0'),
      stage: fc.constantFrom('buying', 'done', 'over'),
      groups: fc.oneof(fc.constant([{ group: 0, counts: { slots: 1, ready: 1 } }]), anyJson()),
      endedBy: fc.constantFrom(null, 'person', 'gone'),
      round: anyJson(),
    },
    { requiredKeys: [] },
  );
  const action = fc.record(
    {
      type: fc.constantFrom('retry', 'skip', 'end', 'hold', 'deadline', 'constructor'),
      paths: fc.constantFrom(7, [7]),
      ending: anyJson(),
    },
    { requiredKeys: ['type', 'paths'] },
  );
  const order = fc.record({ action: fc.oneof(action, anyJson()), round: anyJson() });
  return fc.record({
    target: fc.constantFrom(0 as const, 1 as const, 2 as const),
    name: fc.constantFrom(...Object.values(SHARD_SIGNALS), 'nobodyKnows'),
    payload: fc.oneof(report, order, anyJson()),
  });
}

/** With half of its quota, so that it is under way for as long as it is wanted. */
async function startStuckBatch(dependencies = {}): Promise<StartedBatch> {
  fleet = await startFleet({ emulator: { quota: SLOTS / 2 }, dependencies });
  const batch = await fleet.start(REQUEST);
  await batch.until(({ counts }) => counts.ready === SLOTS / 2);
  return batch;
}

async function expectExactEnd(batch: StartedBatch): Promise<void> {
  if ((await batch.progress()).phase === 'paused') await batch.update('resume');
  await fleet.control.put('config', { quota: 1_000 });
  await batch.update('retryNow').catch(() => undefined);
  expect(await batch.result()).toMatchObject({
    outcome: 'succeeded',
    counts: { slots: SLOTS, ready: SLOTS, orphans: 0 },
    missing: [],
  });
  expect((await fleet.control.stats()).instances.live).toBe(SLOTS);
}
