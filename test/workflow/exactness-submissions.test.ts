import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { checkBatchRequest } from '../../src/domain/check-batch-request';
import type { Submission } from '../../src/service/submission';
import { createBatchService, type BatchService } from '../../src/service/batch-service';
import { startFleet, type Fleet, type StartedBatch } from '../support/fleet';
import { expectExactly, startScenario } from '../support/scenario';
import { createNamespace } from '../support/namespace';
import { waitFor } from '../support/wait-for';
import { about } from '../support/side-by-side';

/** The same batch once more: through our door, and past it by any Temporal client. */

/** What the worker's operator changes between two submissions. */
const plan = {
  ...{ installationId: 'test', accounts: ['default'], defaultAccount: 'default' },
  ...{ chunkSlots: 10, shardSlots: 5_000 },
};

/** The first call goes through as it is, and the second chunk waits at its gate for some seconds. */
const FIRST_CHUNK_ONLY = [
  { kind: 'delay', delayMs: 0, count: 1 },
  { kind: 'refuse', code: 'NoQuota', status: 400, count: 6 },
];

let fleet: Fleet;
/** Another namespace with the same results and the same cloud: Temporal has forgotten everything. */
let oblivious: Fleet;
let service: BatchService;

beforeAll(async () => {
  const namespace = createNamespace('oblivious');
  fleet = await startFleet({ dependencies: { plan } });
  const { cloud, followUps, poller, releases, results, releaseBook } = fleet.dependencies;
  oblivious = await startFleet({
    namespace: await namespace,
    tuning: { isSearchable: false },
    dependencies: { plan, cloud, followUps, poller, releases, results, releaseBook },
  });
  service = createService(fleet);
});
afterAll(() => Promise.all([fleet.close(), oblivious.close()]));

about('the same batch, submitted again', (it) => {
  it('while it runs is the run that is there, by either door', async () => {
    const scenario = await startScenario(fleet, 'running');
    const { batch } = scenario;
    await expect(batch.startAgain()).rejects.toThrow(WorkflowExecutionAlreadyStartedError);
    expect(await service.apply(toSubmission(batch))).toMatchObject({
      value: { kind: 'attached', run: { runId: batch.runId } },
    });
    await expectExactly(scenario, await batch.result());
  });

  it('after its success is the run that has ended; past the door it buys nothing', async () => {
    const scenario = await startScenario(fleet, 'succeeded');
    const { batch } = scenario;
    await expectExactly(scenario, await batch.result());
    expect(await service.apply(toSubmission(batch))).toMatchObject({
      value: { kind: 'attached' },
    });
    const calls = (await scenario.listCreates()).length;
    const again = await batch.startAgain();
    await expectExactly(scenario, again);
    expect(again.generation).toBe(1);
    expect(await scenario.listCreates()).toHaveLength(calls);
  });

  it('after its cancellation buys nothing through the door, and the rest past it', async () => {
    const scenario = await startScenario(fleet, 'cancelled', {
      faults: [
        // The first call goes through as it is.
        { kind: 'delay', delayMs: 0, count: 1 },
        { kind: 'refuse', code: 'NoQuota', status: 400, count: 4 },
      ],
    });
    const { batch } = scenario;
    await batch.until(({ gate }) => gate !== null);
    await batch.update('cancel', { by: 'ann' });
    const { counts } = await batch.result();
    const calls = (await scenario.listCreates()).length;
    expect(await service.apply(toSubmission(batch))).toMatchObject({
      value: { kind: 'attached' },
    });
    expect(await scenario.listLiving()).toHaveLength(counts.ready);
    expect(await scenario.listCreates()).toHaveLength(calls);
    await expectExactly(scenario, await batch.startAgain());
  });

  it('after Temporal has forgotten it is known by its result', async () => {
    const scenario = await startScenario(fleet, 'forgotten');
    const { batch } = scenario;
    await expectExactly(scenario, await batch.result());
    expect(await createService(oblivious).apply(toSubmission(batch))).toMatchObject({
      value: { kind: 'attached-to-result' },
    });
    await expectExactly(scenario, await batch.startAgain(oblivious));
    expect(await scenario.countTokens()).toBe(2);
  });

  it('after Temporal has forgotten it in its middle adopts what bears its name', async () => {
    const scenario = await startScenario(fleet, 'lostrun', {
      faults: [{ kind: 'drop', when: 'after', count: 1 }],
    });
    const { batch } = scenario;
    await waitFor(scenario.listLiving, (living) => living.length > 0);
    await fleet.client.workflow.getHandle(batch.workflowId).terminate('a test');
    await expectExactly(scenario, await batch.startAgain(oblivious));
    expect(await scenario.countTokens()).toBe(2);
  });
});

about('a run under another id', (it) => {
  it('is refused with the right id, and sends nothing', async () => {
    const scenario = await startScenario(fleet, 'likethis');
    const { batch } = scenario;
    const copy = fleet.client.workflow.execute('provisionBatch', {
      workflowId: `${batch.workflowId}-copy`,
      taskQueue: fleet.taskQueue,
      args: [batch.input],
    });
    await expect(copy).rejects.toMatchObject({
      cause: { type: 'WrongWorkflowId', message: expect.stringContaining(batch.workflowId) },
    });
    await expectExactly(scenario, await batch.result());
  });
});

describe('a changed configuration', () => {
  const FIRST = { ...plan };

  // Not side by side with the others: the configuration is that of the whole worker.
  test('changes nothing of a batch that is known: in its middle, at its next run, and forgotten', async () => {
    const cut = await startScenario(fleet, 'cutshort', { faults: FIRST_CHUNK_ONLY });
    const done = await startScenario(fleet, 'complete');
    await waitFor(cut.listLiving, (living) => living.length > 0);
    await fleet.client.workflow.getHandle(cut.batch.workflowId).terminate('a test');
    await done.batch.result();
    Object.assign(plan, { chunkSlots: 4, shardSlots: 8, installationId: 'renamed' });
    try {
      const [continued, next, forgotten] = await Promise.all([
        cut.batch.startAgain(),
        done.batch.startAgain(),
        done.batch.startAgain(oblivious),
      ]);
      await expectExactly(cut, continued);
      await expectExactly(done, next);
      await expectExactly(done, forgotten);
      const { installationId, chunkSlots, shardSlots } = FIRST;
      for (const { frozen } of [continued, next, forgotten]) {
        expect(frozen).toMatchObject({ installationId, chunkSlots, shardSlots });
      }
    } finally {
      Object.assign(plan, FIRST);
    }
  });
});

/** What somebody submits through our door. */
function toSubmission(batch: StartedBatch): Submission {
  const { request: document } = batch.input as { request: unknown };
  const checked = checkBatchRequest(document);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return { document, request: checked.request };
}

function createService({ client, taskQueue, dependencies }: Fleet): BatchService {
  return createBatchService({ client, taskQueue, resultStore: dependencies.results });
}
