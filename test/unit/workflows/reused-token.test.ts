import type { CreateChunkAnswer, CreateChunkInput } from '../../../src/contract/activity-types';
import { planShards } from '../../../src/domain/plan';
import type { TokenInput } from '../../../src/domain/token';
import { RunTally } from '../../../src/workflows/run-tally';
import { ShardMachine } from '../../../src/workflows/shard-machine';
import { createCheckedRequest, createFrozen } from '../../support/batch-requests';
import { PROOF } from '../../support/domain-samples';
import { TEST_TUNING } from '../../support/test-tuning';
import { waitFor } from '../../support/wait-for';

/** Creates that were sent. They are activities of a workflow, so they are played. */
const sent: CreateChunkInput[] = [];

const isTokenBroken = { now: false };

jest.mock('../../../src/domain/token', () => {
  const { toToken } = jest.requireActual<{ toToken: (parts: TokenInput) => string }>(
    '../../../src/domain/token',
  );
  return {
    /** The bug that rule R1 is about: a token that depends on the slots alone. */
    toToken: (parts: TokenInput) => (isTokenBroken.now ? `tf-${parts.path}` : toToken(parts)),
  };
});

jest.mock('../../../src/workflows/activity-options', () => ({
  createActivities: () => ({
    createChunk: (input: CreateChunkInput): Promise<CreateChunkAnswer> => {
      sent.push(input);
      if (sent.length > 1) return new Promise(() => undefined);
      const refusal = { class: 'capacity', code: 'OutOfStock' } as const;
      return Promise.resolve({ kind: 'refused', refusal, calls: {}, retries: {} });
    },
  }),
}));

jest.mock('../../../src/workflows/shard-observer', () => ({
  ShardObserver: class {
    note(): void {}
  },
}));

jest.mock('@temporalio/workflow', () => ({
  CancellationScope: class {},
  sleep: () => new Promise(() => undefined),
}));

describe('a chunk that goes to its next placement, where it is another body', () => {
  beforeEach(() => sent.splice(0));

  test('is sent there with another token', async () => {
    isTokenBroken.now = false;
    const machine = startMachine();
    await waitFor(
      () => Promise.resolve(sent.length),
      (calls) => calls === 2,
    );
    const [first, second] = sent;
    expect(second?.body).not.toEqual(first?.body);
    expect(second?.token).not.toBe(first?.token);
    expect(machine.failure).toBeUndefined();
  });

  test('is never sent with the token of the first: the shard fails', async () => {
    isTokenBroken.now = true;
    const machine = startMachine();
    await waitFor(
      () => Promise.resolve(machine.failure ?? sent.length),
      (end) => end instanceof Error || end === 2,
    );
    expect(String(machine.failure)).toMatch(
      /broken invariant: one-body-per-token: \S+ was sent with two bodies/,
    );
    expect(sent).toHaveLength(1);
  });
});

/** One chunk with two placements, the first of them without capacity. */
function startMachine(): ShardMachine {
  const request = createCheckedRequest();
  const frozen = createFrozen(request);
  const machine = new ShardMachine({
    context: { request, frozen, generation: 0 },
    slice: planShards(request, frozen)[0]!,
    tuning: TEST_TUNING,
    tally: new RunTally(),
    carry: null,
    onChange: () => undefined,
  });
  machine.begin({ kind: 'fresh', proof: PROOF, calls: {} });
  machine.dispatch({ type: 'start' });
  return machine;
}
