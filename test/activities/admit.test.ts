import { createAdmit } from '../../src/activities/admit';
import type { ActivityDependencies, ListedRun } from '../../src/activities/dependencies';
import type { AdmitAnswer, AdmitInput } from '../../src/contract/activity-types';
import type { BatchRequest } from '../../src/domain/batch-request';
import { checkBatchRequest } from '../../src/domain/check-batch-request';
import type { FrozenPlan } from '../../src/domain/frozen-plan';
import type { OpenBatch } from '../../src/domain/tenant-caps';
import { createForbiddenPreflights } from '../support/operation-fakes';
import { createResultDocument } from '../support/result-document';
import {
  createRuns,
  RUN_ID,
  runActivity,
  useActivityStages,
  type ActivityStage,
} from './activity-stage';

const HASH = 'hash-1';

const PLAN: FrozenPlan = {
  installationId: 'test',
  account: 'default',
  chunkSlots: 90,
  shardSlots: 5_000,
  naming: 'shared',
  requestHash: HASH,
};
/** The plan of a run before the config was changed. */
const EARLIER_PLAN: FrozenPlan = { ...PLAN, chunkSlots: 30, installationId: 'of-old' };

const PREPAID = { chargeType: 'PrePaid', periodMonths: 1, autoPay: false };

const createStage = useActivityStages();

function admit(
  { dependencies }: ActivityStage,
  input: Partial<AdmitInput> = {},
): Promise<AdmitAnswer> {
  return runActivity(createAdmit(dependencies), {
    request: createRequest(),
    requestHash: HASH,
    frozen: null,
    firstExecutionRunId: RUN_ID,
    ...input,
  });
}

function createRequest(changes: object = {}, spec: object = {}, more: object = {}): BatchRequest {
  const checked = checkBatchRequest({
    apiVersion: 'tairfleet/v1',
    batchId: 'nightly',
    groups: [
      {
        name: 'sessions',
        count: 10,
        spec: { instanceClass: 'redis.master.small.default', ...spec },
        placements: [
          { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
        ],
        ...changes,
      },
    ],
    ...more,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.request;
}

function withRuns(...runs: ListedRun[]): Partial<ActivityDependencies> {
  return { runs: createRuns(runs) };
}

function storeResult({ dependencies }: ActivityStage, changes: object): Promise<unknown> {
  const document = createResultDocument({ tenant: 'default', batchId: 'nightly', ...changes });
  return dependencies.results.write(document, []);
}

const THIS_RUN: ListedRun = { runId: RUN_ID, frozen: null };

describe('the admission of a new batch', () => {
  it("fixes the plan of today's config, and hands over the worker's tuning", async () => {
    const stage = createStage();
    expect(await admit(stage)).toEqual({
      kind: 'admitted',
      frozen: PLAN,
      generation: 0,
      tuning: stage.dependencies.tuning,
    });
  });

  it('waits until the list of runs shows this run, since it may hide earlier ones', async () => {
    await expect(admit(createStage({}, withRuns()))).rejects.toMatchObject({
      type: 'RunNotListed',
      nonRetryable: false,
    });
  });

  it.each([
    ['more slots than are allowed', createRequest({ count: 1_001 }), 'too-many-slots'],
    ['prepaid instances', createRequest({}, PREPAID), 'prepaid-not-allowed'],
  ])('refuses %s', async (_what, request, code) => {
    expect(await admit(createStage(), { request })).toMatchObject({
      kind: 'refused',
      refusal: { class: 'invalid', code },
    });
  });

  it('lets prepaid instances in where they are allowed', async () => {
    const guards = { slotsPerBatchMax: 1_000, isPrepaidAllowed: true, accountsByTenant: {} };
    const request = createRequest({}, PREPAID);
    expect(await admit(createStage({}, { guards }), { request })).toMatchObject({
      kind: 'admitted',
    });
  });
});

describe('the cap of a tenant', () => {
  const guards = {
    ...{ slotsPerBatchMax: 1_000, isPrepaidAllowed: false, accountsByTenant: {} },
    instancesMaxByTenant: { default: 30, '*': 5 },
  };
  const open: OpenBatch = {
    ...{ batchId: 'other', runId: 'other-run', startedAtMs: 1, isAdmitted: true },
    request: createRequest({ count: 15 }),
    prices: null,
  };

  function createCapped(batches: readonly OpenBatch[] = []): ActivityStage {
    const runs = { ...createRuns([THIS_RUN]), listOpenBatches: () => Promise.resolve(batches) };
    return createStage({}, { guards, runs });
  }

  it('lets in what reaches it, and refuses what goes beyond, by what the tenant has', async () => {
    const stage = createCapped([open]);
    expect(await admit(stage)).toMatchObject({ kind: 'admitted' });
    const counts = {
      slots: 9,
      ready: 4,
      failed: 1,
      parked: 3,
      skipped: 0,
      released: 1,
      orphans: 1,
    };
    await storeResult(stage, { batchId: 'ended', counts });
    const refusal = {
      code: 'tenant-cap-reached',
      message: expect.stringContaining('has 21 of the 30') as unknown,
    };
    expect(await admit(stage)).toMatchObject({ kind: 'refused', refusal });
  });

  it('does not count the results of a batch twice that is running again', async () => {
    const stage = createCapped([open]);
    const counts = {
      slots: 9,
      ready: 9,
      failed: 0,
      parked: 0,
      skipped: 0,
      released: 0,
      orphans: 0,
    };
    await storeResult(stage, { batchId: 'other', counts });
    expect(await admit(stage)).toMatchObject({ kind: 'admitted' });
  });

  it('holds for a tenant without an entry as for all such', async () => {
    const request = createRequest({}, {}, { tenant: 'games' });
    expect(await admit(createCapped(), { request })).toMatchObject({
      refusal: { code: 'tenant-cap-reached' },
    });
  });

  it('does not stop a batch that was let in before', async () => {
    const runs = createRuns([{ runId: RUN_ID, frozen: PLAN }]);
    const listOpenBatches = () =>
      Promise.resolve([{ ...open, request: createRequest({ count: 999 }) }]);
    const stage = createStage({}, { guards, runs: { ...runs, listOpenBatches } });
    expect(await admit(stage)).toMatchObject({ kind: 'admitted' });
  });
});

describe('the cap on what a tenant may spend', () => {
  const guards = {
    ...{ slotsPerBatchMax: 1_000, isPrepaidAllowed: false, accountsByTenant: {} },
    spendMaxByTenant: { default: { perHour: '10 CNY' } },
  };
  const PRICES = [{ group: 'sessions', chargeType: 'PostPaid', each: '0.25 CNY' }] as const;
  const running: OpenBatch = {
    ...{ batchId: 'running', runId: 'other-run', startedAtMs: 1, isAdmitted: true },
    ...{ request: createRequest({ count: 20 }, {}, { batchId: 'running' }), prices: null },
  };

  function createCapped(
    batches: readonly OpenBatch[] = [],
    changes: Partial<ActivityDependencies> = {},
  ): ActivityStage & { readonly readPrice: jest.Mock } {
    const runs = { ...createRuns([THIS_RUN]), listOpenBatches: () => Promise.resolve(batches) };
    const readPrice = jest.fn().mockResolvedValue({
      ...{ kind: 'ok', calls: 1 },
      value: { amount: '0.25', original: null, currency: 'CNY' },
    });
    const preflights = { ...createForbiddenPreflights(), readPrice };
    return { ...createStage({}, { guards, runs, preflights, ...changes }), readPrice };
  }

  it('lets a batch in with the price of its instances, which its run and its result keep', async () => {
    expect(await admit(createCapped())).toMatchObject({ kind: 'admitted', prices: PRICES });
  });

  it('counts what runs by what was recorded, or by its price of today, each asked for once', async () => {
    const stage = createCapped([running, { ...running, batchId: 'b', runId: 'b' }]);
    const refusal = {
      code: 'tenant-spend-reached',
      message: expect.stringContaining(
        "would cost 2.50 CNY an hour, and the tenant 'default' has 10.00 CNY an hour of the 10.00",
      ) as unknown,
    };
    expect(await admit(stage)).toMatchObject({ kind: 'refused', refusal });
    expect(stage.readPrice).toHaveBeenCalledTimes(1);
    const cheap = { ...running, prices: [{ ...PRICES[0], each: '0.01 CNY' }] };
    expect(await admit(createCapped([cheap]))).toMatchObject({ kind: 'admitted' });
  });

  it('counts what has ended by its result, and refuses where that has no prices', async () => {
    const stage = createCapped();
    const groups = [{ name: 'sessions', slots: 40, ready: 30, failed: 2 }];
    await storeResult(stage, { batchId: 'ended', groups, prices: PRICES });
    expect(await admit(stage)).toMatchObject({ refusal: { code: 'tenant-spend-reached' } });
    await storeResult(stage, { batchId: 'ended', groups });
    const message = expect.stringContaining("batch 'ended' costs was not recorded") as unknown;
    expect(await admit(stage)).toMatchObject({
      refusal: { code: 'tenant-spend-unknown', message },
    });
  });

  it('refuses a batch whose price nobody tells, since nothing would keep the cap', async () => {
    const stage = createCapped();
    const denied = { kind: 'failed', class: 'denied', code: 'Forbidden.RAM', message: 'no' };
    stage.readPrice.mockResolvedValue({ ...denied, calls: 1 });
    const message = expect.stringContaining('sessions: Forbidden.RAM') as unknown;
    expect(await admit(stage)).toMatchObject({
      refusal: { code: 'tenant-spend-unknown', message },
    });
  });

  it('asks nothing of a batch that was let in before, and keeps the price of then', async () => {
    const runs = createRuns([{ runId: RUN_ID, frozen: PLAN, prices: PRICES }]);
    const stage = createCapped([], { runs });
    expect(await admit(stage)).toMatchObject({ kind: 'admitted', prices: PRICES });
    expect(stage.readPrice).not.toHaveBeenCalled();
  });
});

describe('the account of a batch', () => {
  const several = {
    installationId: 'test',
    accounts: ['blue', 'green'],
    defaultAccount: null,
    chunkSlots: 90,
    shardSlots: 5_000,
  };

  it('must be named where there are several', async () => {
    expect(await admit(createStage({}, { plan: several }))).toMatchObject({
      refusal: { code: 'unknown-account', message: expect.stringContaining('blue, green') },
    });
  });

  it('must be one that the worker knows', async () => {
    const request = { ...createRequest(), account: 'red' };
    expect(await admit(createStage({}, { plan: several }), { request })).toMatchObject({
      refusal: { code: 'unknown-account', message: expect.stringContaining("'red'") },
    });
  });

  it('must still be known when an earlier plan fixed it', async () => {
    const stage = createStage({}, { plan: several });
    expect(await admit(stage, { frozen: PLAN })).toMatchObject({
      refusal: { code: 'unknown-account' },
    });
  });

  it('is the one that the request names', async () => {
    const request = { ...createRequest(), account: 'green' };
    expect(await admit(createStage({}, { plan: several }), { request })).toMatchObject({
      frozen: { account: 'green' },
    });
  });
});

describe('an earlier plan of the same batch', () => {
  it.each<[string, (stage: ActivityStage) => Promise<AdmitAnswer>]>([
    ['the submission', (stage) => admit(stage, { frozen: EARLIER_PLAN })],
    [
      'an earlier run',
      ({ dependencies }) => {
        const earlier = { runId: 'an-earlier-run', frozen: EARLIER_PLAN };
        return admit({
          dependencies: { ...dependencies, ...withRuns(THIS_RUN, earlier) },
        } as ActivityStage);
      },
    ],
    [
      'a stored result',
      async (stage) => {
        await storeResult(stage, { frozen: EARLIER_PLAN });
        return admit(stage);
      },
    ],
  ])("wins over today's config when it comes from %s", async (_source, ask) => {
    expect(await ask(createStage())).toMatchObject({ kind: 'admitted', frozen: EARLIER_PLAN });
  });

  it('passes no guard again: what was admitted once can be finished', async () => {
    const guards = { slotsPerBatchMax: 1, isPrepaidAllowed: false, accountsByTenant: {} };
    const earlier = withRuns(
      { runId: RUN_ID, frozen: null },
      { runId: 'run-0', frozen: EARLIER_PLAN },
    );
    expect(await admit(createStage({}, { ...earlier, guards }))).toMatchObject({
      kind: 'admitted',
    });
  });

  it('passes every guard when it only comes with the submission, which anybody can write', async () => {
    const guards = { slotsPerBatchMax: 1, isPrepaidAllowed: false, accountsByTenant: {} };
    expect(await admit(createStage({}, { guards }), { frozen: EARLIER_PLAN })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'too-many-slots' },
    });
  });

  it('wins over the one that comes with the submission, which anybody can write', async () => {
    const earlier = withRuns(
      { runId: RUN_ID, frozen: null },
      { runId: 'run-0', frozen: EARLIER_PLAN },
    );
    const frozen = { ...EARLIER_PLAN, chunkSlots: EARLIER_PLAN.chunkSlots + 1 };
    expect(await admit(createStage({}, earlier), { frozen })).toMatchObject({
      frozen: EARLIER_PLAN,
    });
  });

  it('is a conflict when it belongs to another request', async () => {
    expect(await admit(createStage(), { frozen: PLAN, requestHash: 'hash-2' })).toMatchObject({
      kind: 'refused',
      refusal: { class: 'conflict', code: 'plan-conflict' },
    });
  });
});

describe('the generation', () => {
  it('counts the results of other executions, and not the one of a reset of this execution', async () => {
    const stage = createStage();
    const stored = { frozen: PLAN };
    await storeResult(stage, { ...stored, generation: 0, firstRunId: 'an-earlier-run' });
    await storeResult(stage, { ...stored, generation: 1, firstRunId: RUN_ID });
    expect(await admit(stage)).toMatchObject({ generation: 1 });
  });

  describe('accounts of tenants', () => {
    const plan = {
      ...{ installationId: 'test', accounts: ['prod', 'lab'], defaultAccount: null },
      ...{ chunkSlots: 90, shardSlots: 5_000 },
    };
    const accountsByTenant = { payments: ['prod', 'lab'], '*': ['lab'] };
    const guards = { slotsPerBatchMax: 1_000, isPrepaidAllowed: false, accountsByTenant };

    it('are refused to a tenant that the table does not give them', async () => {
      const request = createRequest({}, {}, { tenant: 'guests', account: 'prod' });
      expect(await admit(createStage({}, { plan, guards }), { request })).toMatchObject({
        kind: 'refused',
        refusal: { class: 'denied', code: 'account-not-allowed' },
      });
    });

    it('are open to the tenant that has them, and what * has to everybody', async () => {
      const own = createRequest({}, {}, { tenant: 'payments', account: 'prod' });
      const common = createRequest({}, {}, { tenant: 'guests', account: 'lab' });
      for (const request of [own, common]) {
        expect(await admit(createStage({}, { plan, guards }), { request })).toMatchObject({
          kind: 'admitted',
        });
      }
    });
  });
});
