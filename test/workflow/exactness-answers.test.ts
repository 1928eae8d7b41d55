import { startFleet, type Fleet } from '../support/fleet';
import { expectExactly, startScenario } from '../support/scenario';
import { about } from '../support/side-by-side';

/** Whatever comes back from a call that may have bought: the count is exact. */

/** Chunks of a scenario: what is never in doubt as a whole needs a token each. */
const CHUNKS = 2;

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({ dependencies: { callTimeoutMs: 600 } });
});
afterAll(() => fleet.close());

about('an answer that is lost after the commit, several times in a row,', (it) => {
  it.each([
    ['a 503 without a code', 'bare', { kind: 'status', status: 503, count: 4 }],
    [
      'a 500 with a code',
      'coded',
      { kind: 'refuse', status: 500, code: 'InternalError', count: 4 },
    ],
    ["a proxy's page", 'proxy', { kind: 'html', count: 3 }],
    ['an empty body', 'empty', { kind: 'empty', count: 3 }],
    ['half a body', 'half', { kind: 'truncate', count: 3 }],
    ['a cut connection', 'cut', { kind: 'drop', count: 3 }],
    ['silence', 'silent', { kind: 'hang', count: 2 }],
  ])('is no reason to buy again: %s', async (_what, group, fault) => {
    const scenario = await startScenario(fleet, group, { faults: [{ when: 'after', ...fault }] });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.countTokens()).toBe(CHUNKS);
  });
});

describe('a code that speaks of the token', () => {
  const CODES = [
    ['RequestTokenConflict', 'conflict', 400],
    ['TokenServiceError', 'service', 400],
    ['TokenServiceError', 'gateway', 503],
  ] as const;

  test.concurrent.each(CODES)(
    'does not say whether it bought: %s (%s) of a call that did',
    async (code, group, status) => {
      const fault = { kind: 'refuse', when: 'after', code, status, count: 2 };
      const scenario = await startScenario(fleet, `${group}-after`, { faults: [fault] });
      await expectExactly(scenario, await scenario.batch.result());
      expect(await scenario.countTokens()).toBe(CHUNKS);
    },
  );

  test.concurrent.each(CODES)(
    'does not say whether it bought: %s (%s) of a call that did not',
    async (code, group, status) => {
      const fault = { kind: 'refuse', when: 'before', code, status, count: 2 };
      const scenario = await startScenario(fleet, `${group}-before`, { faults: [fault] });
      await expectExactly(scenario, await scenario.batch.result());
      expect(await scenario.countTokens()).toBe(CHUNKS);
    },
  );

  const MISMATCH = { kind: 'refuse', code: 'IdempotentParameterMismatch', status: 400, count: 1 };

  test.concurrent('proves that the token was used: what it bought is found', async () => {
    const scenario = await startScenario(fleet, 'mismatch-after', {
      faults: [{ ...MISMATCH, when: 'after' }],
    });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.countTokens()).toBe(CHUNKS);
  });

  test.concurrent('needs a person when nothing is found, and another token then', async () => {
    const scenario = await startScenario(fleet, 'mismatch-before', { faults: [MISMATCH] });
    const { batch } = scenario;
    const parked = await batch.until(({ needsOperator }) => needsOperator);
    expect(parked.parked).toMatchObject([
      { class: 'conflict', code: 'IdempotentParameterMismatch' },
    ]);
    await batch.update('retryFailed', { by: 'ann' });
    await expectExactly(scenario, await batch.result());
    expect(await scenario.countTokens()).toBe(CHUNKS + 1);
  });
});

about('fewer ids than were asked for', (it) => {
  it('are no whole answer: what was made besides is found', async () => {
    const scenario = await startScenario(fleet, 'short', {
      faults: [{ kind: 'partial', answerFewerBy: 3, count: 1 }],
    });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.countTokens()).toBe(CHUNKS);
  });

  it.each([
    ['all that were made', 'part', { answerFewerBy: 0, commitFewerBy: 4 }],
    ['not even those that were made', 'shortpart', { answerFewerBy: 2, commitFewerBy: 4 }],
  ])('are kept, and the rest is ordered as another path: %s', async (_which, group, shares) => {
    const scenario = await startScenario(fleet, group, {
      faults: [{ kind: 'partial', ...shares, count: 1 }],
    });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.countTokens()).toBe(CHUNKS + 1);
  });
});

describe('a refusal after a call whose outcome is unknown', () => {
  test.concurrent('says nothing of the first call, which lands after it', async () => {
    const scenario = await startScenario(fleet, 'overtaken', {
      faults: [
        { kind: 'delay', when: 'before', delayMs: 1_900, count: 1 },
        { kind: 'refuse', code: 'QuotaExceed.AfterpayInstance', status: 400, count: 1 },
      ],
    });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.countTokens()).toBe(CHUNKS);
  });

  test.concurrent('stands when nothing was bought, and moves on with another token', async () => {
    const zones = ['cn-hangzhou-h', 'cn-hangzhou-i'].map((zone, at) => ({
      ...{ region: 'cn-hangzhou', zone, vpcId: 'vpc-1', vSwitchId: `vsw-${at + 1}` },
    }));
    const scenario = await startScenario(fleet, 'soldout', {
      changes: { placements: zones },
      faults: [
        { kind: 'status', status: 503, count: 1 },
        { kind: 'refuse', code: 'InsufficientResourceCapacity', status: 400, count: 1 },
      ],
    });
    await expectExactly(scenario, await scenario.batch.result());
    expect(await scenario.countTokens()).toBe(CHUNKS + 1);
  });
});
