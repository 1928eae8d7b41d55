import { createCallLane } from '../../../src/cloud/call-lane';
import type { Turn } from '../../../src/cloud/call-lane';
import { CLOUD_LIMITS } from '../../../src/cloud/defaults';
import type { CloudLimits } from '../../../src/cloud/defaults';
import { createRateLimiter } from '../../../src/cloud/rate-limiter';
import { createManualClock } from './manual-clock';

const flush = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function createLane(limits: Partial<CloudLimits> = {}) {
  const clock = createManualClock();
  const lane = createCallLane(
    { ...CLOUD_LIMITS, startPerSecond: 10, burstMs: 0, ...limits },
    clock,
  );
  const turns: (Turn & { readonly caller: number })[] = [];
  const take = (caller: number, signal?: AbortSignal): void => {
    void lane.take(signal).then((turn) => turn !== null && turns.push({ ...turn, caller }));
  };
  return { clock, lane, take, turns };
}

describe('a lane of calls', () => {
  it('lets the first call go at once and spaces the rest by the rate', async () => {
    const { clock, take, turns } = createLane();
    for (let caller = 0; caller < 4; caller += 1) take(caller);
    clock.advance(1_000);
    await flush();
    expect(turns.map(({ atMs }) => atMs)).toEqual([0, 100, 200, 300]);
    expect(turns.map(({ wasQueued }) => wasQueued)).toEqual([false, true, true, true]);
  });

  it('serves first come, first served, also to who comes while others wait', async () => {
    const { clock, take, turns } = createLane();
    take(0);
    take(1);
    take(2);
    clock.advance(100);
    take(3);
    clock.advance(1_000);
    await flush();
    expect(turns.map(({ caller }) => caller)).toEqual([0, 1, 2, 3]);
  });

  it('saves up no more than its burst while nobody calls', async () => {
    const { clock, take, turns } = createLane({ burstMs: 200 });
    clock.advance(60_000);
    for (let caller = 0; caller < 4; caller += 1) take(caller);
    await flush();
    expect(turns).toHaveLength(2);
  });

  it('gives the turn of a caller that left to the next one', async () => {
    const { clock, take, turns } = createLane();
    const controller = new AbortController();
    take(0);
    take(1, controller.signal);
    take(2);
    controller.abort();
    clock.advance(100);
    await flush();
    expect(turns.map(({ caller }) => caller)).toEqual([0, 2]);
    expect(clock.timers()).toBe(0);
  });

  it('waits for a whole turn after a throttle, however much was saved up', async () => {
    const { clock, lane, take, turns } = createLane({ burstMs: 500 });
    take(0);
    clock.advance(10_000);
    await flush();
    lane.throttled(turns[0]!, null);
    take(1);
    take(2);
    clock.advance(1_000);
    await flush();
    expect(turns.map(({ atMs }) => atMs)).toEqual([0, 10_100, 10_200]);
  });

  it('spaces calls by the lower rate once throttles have come together', async () => {
    const { clock, lane, take, turns } = createLane();
    take(0);
    take(1);
    clock.advance(100);
    await flush();
    for (const turn of turns) lane.throttled(turn, null);
    expect(lane.perSecond()).toBe(5);
    take(2);
    clock.advance(200);
    await flush();
    expect(turns[2]?.atMs).toBe(300);
  });

  it('never falls below its lowest rate', async () => {
    const { clock, lane, take, turns } = createLane();
    for (let caller = 0; caller < 20; caller += 1) {
      take(caller);
      clock.advance(10_000);
      await flush();
      lane.throttled(turns[caller]!, null);
    }
    expect(lane.perSecond()).toBe(CLOUD_LIMITS.minPerSecond);
  });

  it('stays silent for as long as the service asks, within a bound', async () => {
    const { clock, lane, take, turns } = createLane({ retryAfterMaxMs: 30_000 });
    take(0);
    await flush();
    lane.throttled(turns[0]!, 5_000);
    take(1);
    clock.advance(5_099);
    await flush();
    expect(turns).toHaveLength(1);
    clock.advance(1);
    await flush();
    expect(turns).toHaveLength(2);
    lane.throttled(turns[1]!, 3_600_000);
    take(2);
    clock.advance(31_000);
    await flush();
    expect(turns).toHaveLength(3);
  });

  it('climbs to its highest rate while calls queue and are accepted', async () => {
    const { clock, lane, take, turns } = createLane({ maxPerSecond: 50 });
    for (let caller = 0; caller < 60; caller += 1) {
      take(caller);
      take(caller);
      clock.advance(1_000);
      await flush();
      for (const turn of turns.splice(0)) lane.accepted(turn);
    }
    expect(lane.perSecond()).toBe(50);
  });

  it('does not climb while nobody has to wait', async () => {
    const { clock, lane, take, turns } = createLane();
    for (let caller = 0; caller < 20; caller += 1) {
      take(caller);
      clock.advance(1_000);
      await flush();
      lane.accepted(turns[caller]!);
    }
    expect(lane.perSecond()).toBe(10);
  });

  it('makes more than nine useful calls of ten under a limit of five a second', async () => {
    const { clock, lane, take, turns } = createLane({ burstMs: CLOUD_LIMITS.burstMs });
    const tally = { useful: 0, throttled: 0 };
    let allowance = 5;
    for (let caller = 0; caller < 400; caller += 1) take(caller);
    for (let tick = 0; tick < 6_000 && tally.useful + tally.throttled < 400; tick += 1) {
      clock.advance(10);
      allowance = Math.min(5, allowance + 0.05);
      await flush();
      for (const turn of turns.splice(0)) {
        if (allowance >= 1) {
          allowance -= 1;
          tally.useful += 1;
          lane.accepted(turn);
        } else {
          tally.throttled += 1;
          lane.throttled(turn, null);
        }
      }
    }
    expect(tally.useful).toBeGreaterThan(9 * tally.throttled);
    // Not by being shy: at least four fifths of what the service allows is used.
    expect(tally.useful).toBeGreaterThan((clock.monotonicMs() / 1_000) * 5 * 0.8 * 0.99);
  });

  it('knows no limit when it is lifted', async () => {
    const { take, turns } = createLane({ startPerSecond: Infinity, maxPerSecond: Infinity });
    for (let caller = 0; caller < 500; caller += 1) take(caller);
    await flush();
    expect(turns).toHaveLength(500);
  });

  it('still stays silent as long as it is asked when its limit is lifted, and then goes on', async () => {
    const { clock, lane, take, turns } = createLane({
      startPerSecond: Infinity,
      maxPerSecond: Infinity,
    });
    take(0);
    await flush();
    lane.throttled(turns[0]!, 1_000);
    take(1);
    clock.advance(999);
    await flush();
    expect(turns).toHaveLength(1);
    clock.advance(1);
    await flush();
    lane.accepted(turns[1]!);
    for (let caller = 2; caller < 100; caller += 1) take(caller);
    clock.advance(1);
    await flush();
    expect(turns).toHaveLength(100);
  });
});

describe('the rate limiter', () => {
  it('has a lane for each account, region and action', () => {
    const limiter = createRateLimiter(CLOUD_LIMITS, createManualClock());
    const target = { account: 'a', region: 'r' };
    const lane = limiter.lane(target, 'Create');
    expect(limiter.lane({ ...target }, 'Create')).toBe(lane);
    expect(limiter.lane(target, 'Describe')).not.toBe(lane);
    expect(limiter.lane({ ...target, account: 'b' }, 'Create')).not.toBe(lane);
    expect(limiter.lane({ ...target, region: 'b' }, 'Create')).not.toBe(lane);
  });
});
