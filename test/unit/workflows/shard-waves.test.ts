import { planShards } from '../../../src/domain/plan';
import { RunTally } from '../../../src/workflows/run-tally';
import { ShardWaves } from '../../../src/workflows/shard-waves';
import { createCheckedRequest, createFrozen } from '../../support/batch-requests';
import { TEST_TUNING } from '../../support/test-tuning';

/** What was asked to be waited for. It waits for a workflow's activities, so those are played. */
const awaited: (readonly string[])[] = [];

jest.mock('@temporalio/workflow', () => ({
  CancellationScope: class {
    private isCancelled = false;

    run<Value>(work: () => Promise<Value>): Promise<Value> {
      return this.isCancelled ? Promise.reject(new Error('cancelled')) : work();
    }

    cancel(): void {
      this.isCancelled = true;
    }
  },
  condition: () => new Promise(() => undefined),
  isCancellation: () => true,
}));

jest.mock('../../../src/workflows/activity-options', () => ({
  waitActivities: () => ({
    awaitReady: ({ ids }: { ids: readonly string[] }) => {
      awaited.push(ids);
      return new Promise(() => undefined);
    },
  }),
}));

function createWaves(): ShardWaves {
  const request = createCheckedRequest();
  const frozen = createFrozen(request);
  return new ShardWaves({
    context: { request, frozen, generation: 0 },
    slice: planShards(request, frozen)[0]!,
    tuning: TEST_TUNING,
    tally: new RunTally(),
    areMoreComing: () => false,
    getGroup: () => 0,
    isPaused: () => false,
    isEnding: () => true,
    done: () => undefined,
    onChange: () => undefined,
  });
}

const FOUND = { home: 0, ids: ['r-1'], boughtAtMs: 0 };

describe('the waits of a shard that was drained', () => {
  beforeEach(() => awaited.splice(0));

  it('are left to the next run', () => {
    const waves = createWaves();
    waves.stop();
    waves.add(FOUND);
    expect(waves.start()).toEqual([]);
    expect([awaited, waves.stillWaiting]).toEqual([[], [FOUND]]);
  });

  it('go on when the shard has ended instead, and its audit finds what is to be waited for', () => {
    const waves = createWaves();
    waves.stop();
    const since = { runId: 'run', atMs: 0 };
    expect(waves.obey({ type: 'unowned', names: [], since })).toEqual([]);
    waves.add(FOUND);
    expect(waves.start()).toHaveLength(1);
    expect(awaited).toEqual([['r-1']]);
  });
});
