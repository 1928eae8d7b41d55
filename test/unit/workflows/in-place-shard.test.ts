import type { RunnerCarry } from '../../../src/contract/carry';
import type { ShardOrder } from '../../../src/contract/shard-messages';
import { planShards } from '../../../src/domain/plan';
import { InPlaceShard } from '../../../src/workflows/in-place-shard';
import { toUnstartedReport } from '../../../src/workflows/shard-report';
import { createCheckedRequest, createFrozen } from '../../support/batch-requests';
import { createProvenShard } from '../../support/shard-samples';
import { PROOF } from '../../support/domain-samples';
import { TEST_TUNING } from '../../support/test-tuning';

/** What the life of the shard was told, in order. It waits for a workflow's clock, so it is played. */
const told: unknown[] = [];

jest.mock('../../../src/workflows/shard-life', () => ({
  ShardLife: class {
    act = (order: ShardOrder): unknown => told.push(order.action.type);

    run(): Promise<void> {
      told.push('run');
      return new Promise(() => undefined);
    }
  },
}));

describe('a shard in place that goes on from an earlier run', () => {
  beforeEach(() => told.splice(0));

  it('is begun once, though an order that came before its run went on has started it', () => {
    const shard = createShard('buying');
    shard.act({ action: { type: 'resume' }, round: 0 });
    shard.start();
    shard.goOn();
    shard.start();
    expect(told).toEqual(['resume', 'run']);
  });

  it('is begun by going on when nobody has told it anything', () => {
    const shard = createShard('buying');
    shard.goOn();
    expect([told, shard.isStarted]).toEqual([['run'], true]);
  });

  it('is not begun again when it had come to its end', () => {
    const shard = createShard('done');
    shard.goOn();
    expect([told, shard.isStarted]).toEqual([[], true]);
  });
});

function createShard(stage: 'buying' | 'done'): InPlaceShard {
  const request = createCheckedRequest();
  const frozen = createFrozen(request);
  const slice = planShards(request, frozen)[0]!;
  const carried = {
    shard: createProvenShard([0]),
    proof: PROOF,
    waiting: [],
    tally: { apiCalls: {}, retries: {}, orderIds: [] },
  };
  const carry: RunnerCarry = {
    kind: 'inPlace',
    carry: stage === 'done' ? null : carried,
    report: { ...toUnstartedReport(slice), stage },
  };
  return new InPlaceShard({
    context: { request, frozen, generation: 0 },
    slice,
    tuning: TEST_TUNING,
    parkedRowsMax: 5,
    getLimits: () => null,
    round: 0,
    carry,
    onChange: () => undefined,
  });
}
