import type { PreflightInput } from '../../src/contract/preflight-types';
import { judgePreflight } from '../../src/domain/preflight';
import { listPreflightQuestions, listPriceQuestions } from '../../src/domain/preflight-questions';
import { createBatchService, type BatchService } from '../../src/service/batch-service';
import { createCheckedRequest, createFrozen } from '../support/batch-requests';
import { startFleet, type Fleet } from '../support/fleet';
import { createTestRequest } from '../support/test-request';

/** A preflight on a real Temporal server and against the emulator. */

let fleet: Fleet;
let service: BatchService;
/** Calls that the emulator had answered before the test. */
let callsBefore = 0;

beforeAll(async () => {
  const guards = {
    ...{ slotsPerBatchMax: 100, isPrepaidAllowed: false },
    accountsByTenant: { '*': ['default', 'red'], games: [] },
  };
  fleet = await startFleet({ dependencies: { guards } });
  service = createBatchService({
    client: fleet.client,
    resultStore: fleet.dependencies.results,
    taskQueue: fleet.taskQueue,
  });
});

beforeEach(async () => {
  callsBefore = (await fleet.control.log()).length;
});

afterEach(async () => {
  await fleet.control.restoreConfig();
  await fleet.control.put('faults', []);
});

afterAll(() => fleet.close());

const REQUEST = createCheckedRequest();

function createInput(changes: Partial<PreflightInput> = {}): PreflightInput {
  const frozen = createFrozen(REQUEST, { installationId: 'test' });
  const questions = listPreflightQuestions(REQUEST, frozen);
  return { tenant: 'default', account: 'default', questions, ...changes };
}

/** Calls of the test so far, by action. */
async function countCalls(): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { action } of (await fleet.control.log()).slice(callsBefore)) {
    counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}

describe('a preflight', () => {
  it('learns everything in few calls, whatever the number of slots, and buys nothing', async () => {
    await fleet.control.put('config', { closedZones: ['cn-hangzhou-i'], freeIps: { 'vsw-1': 2 } });
    const facts = await service.preflight(createInput());
    expect(facts).toMatchObject({ ok: true });
    const report = facts.ok ? judgePreflight(REQUEST, facts.value) : undefined;
    expect(report).toMatchObject({
      groups: [{ placements: [{ verdict: 'warning' }, { verdict: 'impossible' }] }],
      names: [{ verdict: 'ok' }],
      totals: [{ amount: '3.00', currency: 'CNY', unpricedSlots: 0 }],
    });
    expect(await countCalls()).toEqual({
      ...{ DescribeZones: 1, DescribeAvailableResource: 2, DescribePrice: 2 },
      ...{ DescribeVpcs: 1, DescribeVSwitches: 1, DescribeInstances: 1 },
    });
  });

  it('does not know what RAM denies, and knows the rest', async () => {
    const deny = ['DescribePrice', 'DescribeVSwitches', 'DescribeVpcs', 'DescribeZones'];
    await fleet.control.put('config', { ramPolicy: { deny, statements: [] } });
    const facts = await service.preflight(createInput());
    expect(facts).toMatchObject({
      ok: true,
      value: {
        zones: [{ fact: { kind: 'unknown', code: 'Forbidden.RAM' } }],
        sales: [{ fact: { kind: 'known' } }, { fact: { kind: 'known' } }],
        networks: [{ vpc: { kind: 'unknown' }, vSwitches: { kind: 'unknown' } }],
        prices: [{ fact: { kind: 'unknown' } }, { fact: { kind: 'unknown' } }],
      },
    });
  });

  it('asks again when the service throttles or a connection breaks', async () => {
    const fault = { action: 'DescribePrice', count: 1 };
    await fleet.control.put('faults', [
      { ...fault, kind: 'refuse', code: 'Throttling.User', status: 400 },
      { ...fault, kind: 'drop', when: 'before' },
    ]);
    const prices = createInput().questions.prices;
    const facts = await service.preflight(createInput({ questions: listPriceQuestions(prices) }));
    const known = { fact: { kind: 'known', value: { amount: '1.00', currency: 'CNY' } } };
    expect(facts).toMatchObject({ ok: true, value: { prices: [known, known], zones: [] } });
    expect(await countCalls()).toEqual({ DescribePrice: 4 });
  });

  it('counts who bears the names of the batch already', async () => {
    const batch = await fleet.start(createTestRequest(2));
    await batch.result();
    const { batchId } = (batch.input as { request: { batchId: string } }).request;
    const request = createCheckedRequest({ batchId });
    const frozen = createFrozen(request, { installationId: 'test' });
    const { names } = listPreflightQuestions(request, frozen);
    const questions = { ...listPriceQuestions([]), names };
    expect(await service.preflight(createInput({ questions }))).toMatchObject({
      value: { names: [{ fact: { kind: 'known', value: 2 } }] },
    });
  });

  it('asks nothing about an account that the tenant may not use, nor about none', async () => {
    for (const changes of [{ tenant: 'games' }, { account: 'red' }]) {
      expect(await service.preflight(createInput(changes))).toMatchObject({
        ...{ ok: false, code: 'refused' },
        message: expect.stringContaining('nothing was asked'),
      });
    }
    expect(await countCalls()).toEqual({});
  });

  it('ends at once over an input that is none', async () => {
    for (const args of [[], [{ tenant: 'default', account: 'default', questions: [] }]]) {
      const run = fleet.client.workflow.execute('preflightBatch', {
        ...{ args, taskQueue: fleet.taskQueue, workflowRunTimeout: '10s' },
        workflowId: `preflight/by-hand/${args.length}/${Math.random()}`,
      });
      await expect(run).rejects.toMatchObject({
        cause: { cause: { type: 'OperationRefused' } },
      });
    }
  });
});
