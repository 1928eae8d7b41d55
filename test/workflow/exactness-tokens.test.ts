import { createByHand } from '../support/by-hand';
import { startFleet, TEST_SETTLE, type Fleet } from '../support/fleet';
import { expectExactly, startScenario } from '../support/scenario';
import { waitFor } from '../support/wait-for';
import { about } from '../support/side-by-side';

/** What a service may remember of a token, and a worker that looks before it creates. */

/** One chunk. */
const SLOTS = 10;

/** How late a new instance is listed: what is released in between was never seen. */
const LAG_MS = 1_000;

let fleet: Fleet;
let watchful: Fleet;
beforeAll(async () => {
  [fleet, watchful] = await Promise.all([
    startFleet({
      emulator: {
        ...{ visibilityLagMs: LAG_MS, readyTimeMs: 1_500 },
        deletableStatuses: ['Normal', 'Creating'],
      },
      dependencies: {
        settle: { ...TEST_SETTLE, visibilityLagMs: 1_200 },
        readiness: { windowMs: 20_000, absentToleratedMs: 1_500 },
      },
    }),
    startFleet({ dependencies: { isLookUpAlways: true } }),
  ]);
});
afterAll(() => Promise.all([fleet.close(), watchful.close()]));

about('a service that remembers a refusal under its token', (it) => {
  it.each([
    ['of quota', { quota: 4 }, { quota: 1_000 }],
    ['of its network service', { vpcServiceUp: false }, { vpcServiceUp: true }],
  ])('%s is asked with another token when there is hope again', async (_what, bad, good) => {
    const own = await startFleet({ emulator: { ...bad, tokenMode: { failures: 'remember' } } });
    try {
      const scenario = await startScenario(own, 'refused');
      await waitFor(scenario.listCreates, (calls) => calls.length >= 3);
      await own.control.put('config', good);
      await expectExactly(scenario, await scenario.batch.result());
      expect(await scenario.countTokens()).toBeGreaterThan(2);
    } finally {
      await own.close();
    }
  });
});

about('a service that answers with ids of dead instances', (it) => {
  it('is not believed, and the next generation buys what is missing', async () => {
    const scenario = await startScenario(fleet, 'dead', {
      count: SLOTS,
      faults: [{ kind: 'drop', when: 'after', count: 1 }],
    });
    const { batch } = scenario;
    const born = await waitFor(scenario.listLiving, (living) => living.length === SLOTS);
    await release(born.map(({ InstanceId }) => InstanceId));
    const document = await batch.result();
    expect(document.counts.ready).toBe((await scenario.listLiving()).length);
    await expectExactly(scenario, await batch.startAgain(), SLOTS);
  });

  it('that are in a slot already is asked with the next token', async () => {
    const scenario = await startScenario(fleet, 'spent', {
      count: SLOTS,
      faults: [{ kind: 'partial', commitFewerBy: 4, answerFewerBy: 0, count: 1 }],
    });
    const { batch } = scenario;
    const [first] = await waitFor(scenario.listCreates, (calls) =>
      calls.some(({ params }) => params['Instances']?.includes('"Quantity":4')),
    );
    await waitFor(scenario.listLiving, (living) => living.length === SLOTS);
    await fleet.client.workflow.getHandle(batch.workflowId).terminate('a test');
    // Of the first six: the two that are left and the four of the second order fill their slots.
    await release((first?.committedIds ?? []).slice(0, 4));
    await expectExactly(scenario, await batch.startAgain(), SLOTS);
    const tokens = (await scenario.listCreates()).map(({ params }) => params['Token']);
    expect(new Set(tokens).size).toBe(3);
  });
});

describe('a worker that looks before every create', () => {
  test.concurrent('has looked for each name before it buys under it', async () => {
    const scenario = await startScenario(watchful, 'looked');
    await expectExactly(scenario, await scenario.batch.result());
    const looks = await watchful.control.log('DescribeInstances');
    for (const { seq, params } of await scenario.listCreates()) {
      const [{ InstanceName }] = JSON.parse(params['Instances'] ?? '') as [
        { InstanceName: string },
      ];
      const before = looks.filter((look) => look.seq < seq);
      expect(before.map((look) => look.params['SearchKey'])).toContain(InstanceName);
    }
  });

  test.concurrent('takes no refusal for definitive', async () => {
    const scenario = await startScenario(watchful, 'doubtful', {
      faults: [
        {
          ...{ kind: 'refuse', when: 'after', status: 400, count: 1 },
          code: 'QuotaExceed.AfterpayInstance',
        },
      ],
    });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.countTokens()).toBe(2);
  });
});

/** Somebody deletes them in the console. */
async function release(ids: readonly string[]): Promise<void> {
  const { call } = createByHand(fleet.control.url);
  for (const InstanceId of ids) await call('DeleteInstance', { InstanceId });
}
