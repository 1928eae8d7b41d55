import { ActivityFailure, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { UNHALT_UPDATE } from '../../src/contract/operations';
import { startFleet, type Fleet, type StartedBatch } from '../support/fleet';
import { createTestRequest } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** What somebody may type into the start form of Temporal's UI, and get wrong. */

const KEY = { tenant: 'default', batchId: 'nightly' };
const READ = { generation: 0, revision: 0 };
const SHARD = { batch: 'batch/default/nightly', slice: { index: 0 }, carry: null };

/** A request that nothing is wrong with. */
const SLOTS = 40;
const REQUEST = createTestRequest(SLOTS);
const GOOD = { apiVersion: 'tairfleet/v1', batchId: 'nightly', ...REQUEST };
const FROZEN = {
  ...{ installationId: 'test', account: 'default', chunkSlots: 10, shardSlots: 5_000 },
  ...{ naming: 'shared', requestHash: 'b3' },
};
const PREFLIGHT = {
  ...{ tenant: 'default', account: 'default' },
  questions: { regions: [], sales: [], networks: [], prices: [], names: [] },
};

const BAD_INPUTS: readonly (readonly [string, string, unknown])[] = [
  ['provisionBatch', 'InvalidRequest', undefined],
  ['provisionBatch', 'InvalidRequest', null],
  ['provisionBatch', 'InvalidRequest', 'apiVersion: tairfleet/v1'],
  ['provisionBatch', 'InvalidRequest', [[]]],
  ['provisionBatch', 'InvalidRequest', { request: null }],
  ['provisionBatch', 'InvalidRequest', { request: { groups: { length: 1e9 } } }],
  ['provisionBatch', 'InvalidRequest', { constructor: { prototype: {} }, groups: [null] }],
  ['provisionBatch', 'InvalidRequest', { request: GOOD, frozen: null }],
  ['provisionBatch', 'InvalidRequest', { request: GOOD, frozen: 'as before' }],
  ['provisionBatch', 'InvalidRequest', { request: GOOD, frozen: { ...FROZEN, chunkSlots: 0 } }],
  ['provisionBatch', 'InvalidRequest', { request: GOOD, frozen: { ...FROZEN, account: '' } }],
  ['provisionBatch', 'InvalidRequest', { request: GOOD, carry: null }],
  ['provisionBatch', 'InvalidRequest', { request: GOOD, carry: {} }],
  ['provisionBatch', 'InvalidRequest', { request: GOOD, frozen: FROZEN, carry: { runners: [] } }],
  ['provisionShard', 'InvalidRequest', undefined],
  ['provisionShard', 'InvalidRequest', { batch: 'x', slice: null }],
  ['provisionShard', 'InvalidRequest', SHARD],
  ['releaseBatch', 'OperationRefused', undefined],
  ['releaseBatch', 'OperationRefused', { ...KEY, generation: '0', revision: 0 }],
  ['releaseBatch', 'OperationRefused', { ...KEY, ...READ, by: 7 }],
  ['reconcileBatch', 'OperationRefused', null],
  ['reconcileBatch', 'OperationRefused', { ...KEY, action: 'delete' }],
  ['sweepOrphans', 'OperationRefused', 5],
  ['sweepOrphans', 'OperationRefused', { ...KEY, generation: null, afterMs: 0, scope: null }],
  ['sweepOrphans', 'OperationRefused', { ...KEY, generation: null, afterMs: [0], scope: 1 }],
  ['notifyReceiver', 'InvalidRequest', undefined],
  ['notifyReceiver', 'InvalidRequest', { webhook: { url: 'https://example.com/' } }],
  ['preflightBatch', 'OperationRefused', undefined],
  ['preflightBatch', 'OperationRefused', [[]]],
  ['preflightBatch', 'OperationRefused', { tenant: 'default', account: 'default' }],
  ['preflightBatch', 'OperationRefused', { ...PREFLIGHT, questions: { names: [null] } }],
  ['preflightBatch', 'OperationRefused', { ...PREFLIGHT, account: '__proto__' }],
];

const BAD_NOTES = [undefined, null, 'stop!', 7, [[]], { by: 7 }, { why: 'x'.repeat(501) }];

const BAD_CHECKS = [undefined, null, 'cn-hangzhou', [[]], { region: 7 }, { region: '__proto__' }];

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet({ tuning: { continueAfterEvents: 40 }, emulator: { quota: SLOTS / 2 } });
});

afterAll(() => fleet.close());

describe('an input that nothing can be done with', () => {
  it.each(BAD_INPUTS)('ends %s at once with %s: %j', async (type, failure, input) => {
    const error: unknown = await endOf(await startByHand(type, input));
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(toOwnFailure(error as WorkflowFailedError)).toMatchObject({
      type: failure,
      message: expect.stringMatching(/nothing was (sent|done|asked)/),
    });
  });

  it.each(BAD_CHECKS.map((input) => [input]))(
    'ends checkWorker at once, which changes nothing whatever it is asked for: %j',
    async (input) => {
      const end: unknown = await endOf(await startByHand('checkWorker', input));
      if (end instanceof WorkflowFailedError) expect(end.cause).toBeInstanceOf(ActivityFailure);
      else expect(end).toMatchObject({ worker: {}, cloud: { accounts: [{ account: 'default' }] } });
      expect(await fleet.control.log('CreateInstances')).toEqual([]);
    },
  );
});

describe('a halt with a note that is none', () => {
  it.each(BAD_NOTES.map((note) => [note]))(
    'goes on all the same, and ends by an order that is one: %j',
    async (note) => {
      const halt = await startByHand('haltCreates', note);
      const unhalt = (input: unknown) => halt.executeUpdate(UNHALT_UPDATE, { args: [input] });
      await expect(unhalt({ by: ['ann'] })).rejects.toThrow();
      expect((await halt.describe()).status.name).toBe('RUNNING');
      await unhalt({ by: 'ann' });
      expect(await endOf(halt)).toEqual({ by: 'ann' });
    },
  );
});

describe('what a run was continued with', () => {
  it('is refused when somebody starts a workflow like it, under its own id, and buys nothing', async () => {
    const batch = await fleet.start(REQUEST);
    const running = fleet.client.workflow.getHandle(batch.workflowId);
    await batch.until(({ gate }) => gate !== null);
    await act(batch, async () => (await running.describe()).runId !== batch.runId);
    const input = await readInput(running);
    expect(input).toMatchObject({ frozen: {}, carry: { generation: 0, runners: [{}] } });
    await running.terminate('a test');
    const calls = (await fleet.control.log('CreateInstances')).length;

    const copy = fleet.client.workflow.execute('provisionBatch', {
      workflowId: batch.workflowId,
      taskQueue: fleet.taskQueue,
      args: [input],
      workflowRunTimeout: '10s',
    });
    await expect(copy).rejects.toMatchObject({
      cause: {
        type: 'InvalidRequest',
        message: expect.stringMatching(/nothing was sent[^]*carry/),
      },
    });
    expect(await fleet.control.log('CreateInstances')).toHaveLength(calls);

    await fleet.control.put('config', { quota: 1_000 });
    expect(await batch.startAgain()).toMatchObject({ counts: { ready: SLOTS, orphans: 0 } });
    expect((await fleet.control.stats()).instances.live).toBe(SLOTS);
  });
});

function startByHand(type: string, input: unknown): Promise<WorkflowHandle> {
  return fleet.client.workflow.start(type, {
    workflowId: `by-hand/${Math.random()}`,
    taskQueue: fleet.taskQueue,
    args: input === undefined ? [] : [input],
    workflowRunTimeout: '10s',
  });
}

/** Its result, or the error that it ended with. */
function endOf(handle: WorkflowHandle): Promise<unknown> {
  return handle.result().catch((reason: unknown) => reason);
}

/** What the workflow said itself, or its activity. */
function toOwnFailure({ cause }: WorkflowFailedError): unknown {
  return cause instanceof ActivityFailure ? cause.cause : cause;
}

async function act(batch: StartedBatch, isEnough: () => Promise<boolean>): Promise<void> {
  const pause = async (): Promise<boolean> => {
    await batch.update('pause');
    await batch.update('resume');
    return isEnough();
  };
  await waitFor(pause, (isReached) => isReached);
}

/** What the latest run was started with. */
async function readInput(handle: WorkflowHandle): Promise<unknown> {
  const { events } = await handle.fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  return defaultPayloadConverter.fromPayload(payload!);
}
