import { WorkflowFailedError } from '@temporalio/client';
import { startFleet, type Fleet } from '../support/fleet';

/** What somebody may type into the start form of Temporal's UI, and get wrong. */

const KEY = { tenant: 'default', batchId: 'nightly' };
const READ = { generation: 0, revision: 0 };
const SHARD = { batch: 'batch/default/nightly', slice: { index: 0 }, carry: null };

const BAD_INPUTS: readonly (readonly [string, string, unknown])[] = [
  ['provisionBatch', 'InvalidRequest', undefined],
  ['provisionBatch', 'InvalidRequest', null],
  ['provisionBatch', 'InvalidRequest', 'apiVersion: tairfleet/v1'],
  ['provisionBatch', 'InvalidRequest', [[]]],
  ['provisionBatch', 'InvalidRequest', { request: null }],
  ['provisionBatch', 'InvalidRequest', { request: { groups: { length: 1e9 } } }],
  ['provisionBatch', 'InvalidRequest', { constructor: { prototype: {} }, groups: [null] }],
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
];

describe('an input that nothing can be done with', () => {
  let fleet: Fleet;

  beforeAll(async () => {
    fleet = await startFleet();
  });

  afterAll(() => fleet.close());

  it.each(BAD_INPUTS)('ends %s at once with %s: %j', async (type, failure, input) => {
    const run = fleet.client.workflow.execute(type, {
      workflowId: `by-hand/${BAD_INPUTS.findIndex((row) => row[2] === input)}/${Math.random()}`,
      taskQueue: fleet.taskQueue,
      args: input === undefined ? [] : [input],
      workflowRunTimeout: '10s',
    });
    const error: unknown = await run.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect((error as WorkflowFailedError).cause).toMatchObject({
      type: failure,
      message: expect.stringMatching(/nothing was (sent|done)/),
    });
  });
});
