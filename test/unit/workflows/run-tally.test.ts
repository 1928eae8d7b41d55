import { RunTally } from '../../../src/workflows/run-tally';

const DELAYS = { throttled: 2, waitedMs: 1_500 };
const NOTHING = { apiCalls: {}, retries: {}, orderIds: [] };

describe('the tally of a run', () => {
  it('sums calls, retries and delays of its activities, and of the run before', () => {
    const tally = new RunTally();
    tally.addTally({ ...NOTHING, apiCalls: { CreateInstances: 1 }, delays: DELAYS });
    tally.add({ calls: { CreateInstances: 3 }, retries: { throttled: 2 }, delays: DELAYS });
    tally.addOrder('order-1');
    expect(tally.toSums()).toEqual({
      apiCalls: { CreateInstances: 4 },
      retries: { throttled: 2 },
      orderIds: ['order-1'],
      delays: { throttled: 4, waitedMs: 3_000 },
    });
  });

  it('takes what an older worker has left, which knows of no delays, for none', () => {
    const tally = new RunTally();
    tally.addTally(NOTHING);
    tally.add({ calls: {} });
    tally.add({ calls: {}, delays: DELAYS });
    expect(tally.toSums().delays).toEqual(DELAYS);
  });
});
