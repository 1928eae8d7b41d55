import { createBatchService } from '../../src/service/batch-service';
import { fromWorkflowId } from '../../src/contract/workflow-id';
import type { ResultDocument } from '../../src/domain/result';
import { startFleet, TEST_SETTLE, type Fleet } from '../support/fleet';
import { expectExactly, SCENARIO_SLOTS, startScenario, type Scenario } from '../support/scenario';
import { waitFor } from '../support/wait-for';
import { about } from '../support/side-by-side';

/**
 * Instances that show up late and requests that land late, with a service that remembers tokens and
 * with one that forgets them at once.
 */

/** How late the emulator lists a new instance: above the time to the next look, and within V. */
const LAG_MS = 1_200;

/** V above it; S is then 2.5 s. */
const SETTLE = { ...TEST_SETTLE, visibilityLagMs: 1_400 };

/** Slots of a scenario's first chunk. */
const CHUNK_SLOTS = 10;

/** Chunks of a scenario: what is never in doubt as a whole needs a token each. */
const CHUNKS = 2;

const LOST = { kind: 'drop', when: 'after', count: 1 };
const NO_QUOTA = { kind: 'refuse', code: 'QuotaExceed.AfterpayInstance', status: 400, count: 1 };

/** A request that its sender gave up after 600 ms, and that lands when it wants to. */
function createLate(delayMs: number): object {
  return { kind: 'delay', when: 'before', delayMs, count: 1 };
}

let remembering: Fleet;
let forgetting: Fleet;
beforeAll(async () => {
  [remembering, forgetting] = await Promise.all([
    startFleet({
      emulator: { visibilityLagMs: LAG_MS },
      dependencies: { settle: SETTLE, callTimeoutMs: 600 },
    }),
    startFleet({
      emulator: { visibilityLagMs: LAG_MS, tokenLifetimeMs: 1 },
      dependencies: { settle: { ...SETTLE, tokenLifetimeMs: 0 }, callTimeoutMs: 600 },
    }),
  ]);
});
afterAll(() => Promise.all([remembering.close(), forgetting.close()]));

about('with a service that remembers tokens', (it) => {
  it('a look that is too early is followed by the same token only', async () => {
    const scenario = await startScenario(remembering, 'unseen', { faults: [LOST] });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.countTokens()).toBe(CHUNKS);
  });

  it('a refusal after a look that was too early proves nothing', async () => {
    const scenario = await startScenario(remembering, 'refused', {
      count: CHUNK_SLOTS,
      faults: [LOST, NO_QUOTA],
    });
    await expectExactly(scenario, await scenario.batch.result(), CHUNK_SLOTS);
    expect(await scenario.countTokens()).toBe(1);
  });

  it('part of a chunk, seen late, is not ordered again', async () => {
    const scenario = await startScenario(remembering, 'partly', {
      faults: [{ kind: 'partial', commitFewerBy: 4, answerFewerBy: 0, count: 1 }, NO_QUOTA],
    });
    await expectExactly(scenario, await scenario.batch.result());
  });

  it('a request that lands late, beyond all horizons, buys nothing', async () => {
    const scenario = await startScenario(remembering, 'beyond', { faults: [createLate(4_500)] });
    const document = await scenario.batch.result();
    await waitFor(scenario.listCreates, (calls) => calls.every(({ status }) => status !== null));
    await expectExactly(scenario, document);
  });
});

describe('with a service that forgets tokens, and the setting that says so,', () => {
  test.concurrent('an answer that was lost rests until its instances are seen', async () => {
    const scenario = await startScenario(forgetting, 'unseen', { faults: [LOST] });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.listCreates()).toHaveLength(CHUNKS);
  });

  test.concurrent('a request that lands within the horizon is waited for', async () => {
    const scenario = await startScenario(forgetting, 'within', { faults: [createLate(1_100)] });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.listCreates()).toHaveLength(CHUNKS);
  });

  test.concurrent('a call that never arrived is sent again once that is sure', async () => {
    const scenario = await startScenario(forgetting, 'never', {
      faults: [{ kind: 'drop', when: 'before', count: 1 }],
    });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.listCreates()).toHaveLength(CHUNKS + 1);
    expect(await scenario.countTokens()).toBe(CHUNKS);
  });

  test.concurrent('an order that comes to nothing three times needs a person', async () => {
    const nothing = { kind: 'partial', commitFewerBy: CHUNK_SLOTS, answerFewerBy: 0, count: 3 };
    const scenario = await startScenario(forgetting, 'nothing', { faults: [nothing] });
    const { batch } = scenario;
    const { parked } = await batch.until(({ needsOperator }) => needsOperator);
    expect(parked).toMatchObject([{ slots: CHUNK_SLOTS, code: 'unresolved' }]);
    await batch.update('retryFailed', { by: 'ann' });
    await expectExactly(scenario, await batch.result());
  });

  test.concurrent('the audit lists what landed beyond the horizon before the end', async () => {
    const scenario = await startScenario(forgetting, 'audited', { faults: [createLate(3_800)] });
    const document = await scenario.batch.result();
    expect(document.counts).toMatchObject({ ready: SCENARIO_SLOTS, orphans: CHUNK_SLOTS });
    expect(document.orphans.map(({ id }) => id).sort()).toEqual(
      await listUnlisted(scenario, document),
    );
  });

  test.concurrent('a reconciliation lists what landed after the end', async () => {
    const scenario = await startScenario(forgetting, 'reconciled', {
      faults: [createLate(9_000)],
    });
    const document = await scenario.batch.result();
    await waitFor(scenario.listLiving, (living) => living.length === SCENARIO_SLOTS + CHUNK_SLOTS);
    const service = createBatchService({
      client: forgetting.client,
      taskQueue: forgetting.taskQueue,
      resultStore: forgetting.dependencies.results,
    });
    const key = fromWorkflowId(scenario.batch.workflowId)!;
    const input = { action: 'report', note: { by: 'ann' } } as const;
    const report = await waitFor(
      () => service.reconcile(key, input),
      (answer) => answer.ok && answer.value.counts.orphans > 0,
    );
    if (!report.ok) throw new Error(report.message);
    expect(report.value.orphans.map(({ id }) => id).sort()).toEqual(
      await listUnlisted(scenario, document),
    );
  });
});

/** What lives under the scenario's name and stands in no slot of its document. */
async function listUnlisted(
  scenario: Scenario,
  document: ResultDocument,
): Promise<readonly string[]> {
  const listed = new Set((document.instances ?? []).map(({ id }) => id));
  const living = (await scenario.listLiving()).map(({ InstanceId }) => InstanceId);
  return living.filter((id) => !listed.has(id)).sort();
}
