import { createReadyingCloud } from './readying-cloud';
import type { Waited } from './readying-cloud';

const SECOND_MS = 1_000;

function createIds(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

/** The longest time between the moment an instance was ready and the one it was known, ms. */
function toLatestMs(waited: readonly Waited[], readyAtMs: ReadonlyMap<string, number>): number {
  const delays = waited.flatMap((each) =>
    each.ids.map((id) => (each.readyAtMs.get(id) ?? Infinity) - readyAtMs.get(id)!),
  );
  return Math.max(...delays);
}

describe('the poller', () => {
  it('packs the ids of all who wait into full calls', async () => {
    const scene = createReadyingCloud();
    const waited = ['a', 'b', 'c'].map((name) => scene.follow(createIds(name, 10), { takesMs: 0 }));
    await scene.pass(100);
    expect(scene.asked.map((ids) => ids.length)).toEqual([30]);
    expect(waited.map(({ readyAtMs }) => readyAtMs.size)).toEqual([10, 10, 10]);
  });

  it('counts a call that several share once', async () => {
    const scene = createReadyingCloud();
    const waited = ['a', 'b', 'c'].map((name) => scene.follow(createIds(name, 10), { takesMs: 0 }));
    await scene.pass(100);
    const calls = waited.flatMap(({ looks }) => looks.map((look) => look.calls));
    expect(calls.reduce((sum, each) => sum + each, 0)).toBe(1);
  });

  it('tells everybody who follows the same id', async () => {
    const scene = createReadyingCloud();
    const waited = [0, 1].map(() => scene.follow(['r-1'], { takesMs: 0 }));
    await scene.pass(100);
    expect(waited.map(({ readyAtMs }) => readyAtMs.has('r-1'))).toEqual([true, true]);
    expect(scene.asked).toEqual([['r-1']]);
  });

  it('spends one call a poll while nothing is ready, however many wait, and asks for others each time', async () => {
    const scene = createReadyingCloud();
    scene.follow(createIds('a', 300), { takesMs: 3_600_000 });
    await scene.pass(5 * SECOND_MS);
    expect(scene.asked.length).toBeGreaterThanOrEqual(4);
    expect(scene.asked.length).toBeLessThanOrEqual(6);
    expect(new Set(scene.asked.flat()).size).toBe(30 * scene.asked.length);
  });

  it('reads a crowd that is ready in full calls, all in one poll', async () => {
    const scene = createReadyingCloud();
    const crowd = scene.follow(createIds('a', 3_000), { takesMs: 0 });
    await scene.pass(SECOND_MS - 100);
    expect(crowd.readyAtMs.size).toBe(3_000);
    expect(scene.asked).toHaveLength(100);
  });

  it('knows ten thousand instances soon after they are ready, for few calls more than full ones', async () => {
    const scene = createReadyingCloud();
    const waited: Waited[] = [];
    for (let wave = 0; wave < 25; wave += 1) {
      const ids = createIds(`w${wave}`, 400);
      const slowest = 24 * SECOND_MS;
      for (const [at, id] of ids.entries()) {
        const takesMs = slowest - ((at * 7) % 400) * 20;
        scene.readyAtMs.set(id, scene.clock.monotonicMs() + takesMs);
      }
      waited.push(scene.follow(ids));
      await scene.pass(100);
    }
    await scene.pass(30 * SECOND_MS);
    const lastReadyAtMs = Math.max(...scene.readyAtMs.values());
    const lastKnownAtMs = Math.max(...waited.flatMap((each) => [...each.readyAtMs.values()]));
    expect(waited.every((each) => each.readyAtMs.size === 400)).toBe(true);
    expect(lastKnownAtMs - lastReadyAtMs).toBeLessThanOrEqual(2 * SECOND_MS);
    expect(scene.asked.length / 10_000).toBeLessThan(0.085);
  });

  it('waits until instances are expected once it has seen how long they take', async () => {
    const scene = createReadyingCloud();
    scene.follow(createIds('a', 60), { takesMs: 100 * SECOND_MS });
    await scene.pass(120 * SECOND_MS);
    const learning = scene.asked.length;
    const second = scene.follow(createIds('b', 60), { takesMs: 100 * SECOND_MS });
    await scene.pass(80 * SECOND_MS);
    expect(scene.asked).toHaveLength(learning);
    await scene.pass(40 * SECOND_MS);
    expect(second.readyAtMs.size).toBe(60);
    expect(toLatestMs([second], scene.readyAtMs)).toBeLessThanOrEqual(2 * SECOND_MS);
    expect(scene.asked.length - learning).toBeLessThan(learning);
  });

  it('looks at once at what was ordered long ago, also when it knows how long that takes', async () => {
    const scene = createReadyingCloud();
    scene.follow(createIds('a', 60), { takesMs: 60 * SECOND_MS });
    await scene.pass(80 * SECOND_MS);
    const late = scene.follow(['r-1'], { takesMs: 0, ageMs: 70 * SECOND_MS });
    await scene.pass(1_100);
    expect(late.readyAtMs.size).toBe(1);
  });

  it('keeps looking at who is not listed, and says so', async () => {
    const scene = createReadyingCloud();
    const { looks } = scene.follow(['r-1', 'r-2']);
    scene.readyAtMs.set('r-1', 0);
    await scene.pass(3 * SECOND_MS);
    expect(looks[0]).toMatchObject({ seen: [{ id: 'r-1' }], absent: ['r-2'] });
    expect(looks.at(-1)).toMatchObject({ seen: [], absent: ['r-2'] });
    expect(looks.length).toBeGreaterThan(2);
  });

  it('goes on after calls that fail, more and more slowly', async () => {
    const scene = createReadyingCloud();
    scene.failNext(4);
    const { readyAtMs } = scene.follow(['r-1'], { takesMs: 0 });
    await scene.pass(6 * SECOND_MS);
    expect(scene.asked).toHaveLength(3);
    await scene.pass(15 * SECOND_MS);
    expect(readyAtMs.size).toBe(1);
  });

  it('rests for as long as the service asks', async () => {
    const scene = createReadyingCloud();
    scene.failNext(1, 20 * SECOND_MS);
    scene.follow(['r-1'], { takesMs: 0 });
    await scene.pass(19 * SECOND_MS);
    expect(scene.asked).toHaveLength(1);
    await scene.pass(2 * SECOND_MS);
    expect(scene.asked).toHaveLength(2);
  });

  it('looks at everything of a follower when that is asked for', async () => {
    const scene = createReadyingCloud();
    const { following, looks } = scene.follow(createIds('a', 65), { takesMs: 3_600_000 });
    await following.lookNow();
    expect(looks.flatMap(({ seen }) => seen)).toHaveLength(65);
    expect(scene.asked.map((ids) => ids.length)).toEqual([30, 30, 5]);
  });

  it('asks for nothing, and holds no timer, once nobody follows', async () => {
    const scene = createReadyingCloud();
    const first = scene.follow(['r-1'], { takesMs: 3_600_000 });
    const second = scene.follow(['r-1', 'r-2'], { takesMs: 3_600_000 });
    await scene.pass(100);
    first.following.stop();
    second.following.drop(['r-2']);
    await scene.pass(5 * SECOND_MS);
    expect(scene.asked.at(-1)).toEqual(['r-1']);
    second.following.stop();
    const calls = scene.asked.length;
    expect(scene.clock.timers()).toBe(0);
    await scene.pass(60 * SECOND_MS);
    expect(scene.asked).toHaveLength(calls);
  });
});
