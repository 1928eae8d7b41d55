import { createBatchService } from '../../src/service/batch-service';
import { startFleet, type Fleet } from '../support/fleet';
import { createNamespace } from '../support/namespace';
import { waitFor } from '../support/wait-for';
import { createTestRequest } from '../support/test-request';

/** The switch for a bad night, in a namespace of its own, since it stops all workers of one. */

const REQUEST = createTestRequest(4);

let fleet: Fleet;
afterEach(() => fleet.close());

test('While creates are halted none is sent by any worker, and after the halt the batch goes on.', async () => {
  const namespace = await createNamespace('halt');
  fleet = await startFleet({ namespace, tuning: { isSearchable: false } });
  const { client, taskQueue, dependencies, control } = fleet;
  const service = createBatchService({ client, taskQueue, resultStore: dependencies.results });
  expect(await service.halt({ by: 'ada', why: 'a bad night' })).toMatchObject({
    value: { isNew: true, halt: { by: 'ada', why: 'a bad night' } },
  });
  expect(await service.halt({ by: 'bob' })).toMatchObject({
    value: { isNew: false, halt: { by: 'ada' } },
  });
  const batch = await fleet.start(REQUEST);
  // It has asked, and was told no: its activity waits for its next attempt, or its gate for a probe.
  await waitFor(
    async () => {
      const { raw } = await client.workflow.getHandle(batch.workflowId).describe();
      const gate = (await batch.progress()).gate?.cause as string | undefined;
      return { gate, pending: JSON.stringify(raw.pendingActivities) };
    },
    ({ gate, pending }) => gate === 'halt' || pending.includes('halted'),
  );
  expect(await control.log('CreateInstances')).toEqual([]);
  expect(await service.unhalt({ by: 'ada' })).toMatchObject({ ok: true });
  expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 4 } });
  expect(await service.haltState()).toEqual({ ok: true, value: null });
  expect(await service.unhalt({})).toMatchObject({ ok: false, code: 'already-finished' });
}, 90_000);
