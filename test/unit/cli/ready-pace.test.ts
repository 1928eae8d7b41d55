import { createGrowthWindow } from '../../../src/cli/live/growth-window';
import { createPaceMeter } from '../../../src/cli/live/ready-pace';
import type { ReadyPace } from '../../../src/cli/live/ready-pace';
import { NO_SLOTS } from '../../../src/domain/progress';

/** One look: second, bought, ready. */
type Look = readonly [number, number, number];

/** What is said after the last of some looks. */
function toPace(slots: number, looks: readonly Look[]): ReadyPace {
  const meter = createPaceMeter();
  const paces = looks.map(([second, bought, ready]) => {
    const counts = { ...NO_SLOTS, slots, planned: slots - bought, starting: bought - ready, ready };
    return meter.record(counts, second * 1_000);
  });
  return paces.at(-1)!;
}

/** Nothing changes until a second. */
function toQuiet(from: number, to: number, [bought, ready]: readonly [number, number]): Look[] {
  return Array.from({ length: (to - from) / 2 }, (_, index) => [from + index * 2, bought, ready]);
}

describe('the pace of a batch', () => {
  it('is unknown at one look, and while nothing gets ready', () => {
    const unknown = { perSecond: null, leftMs: null };
    expect(toPace(400, [[0, 400, 5]])).toEqual(unknown);
    expect(toPace(400, toQuiet(0, 100, [400, 5]))).toEqual(unknown);
  });

  it('counts from the first growth on, and not the quiet minute before it', () => {
    const looks: Look[] = [...toQuiet(0, 100, [400, 0]), [100, 400, 50], [108, 400, 200]];
    expect(toPace(400, looks)).toEqual({ perSecond: 20, leftMs: 10_000 });
  });

  it('is not told by a straggler or by one look at a wave', () => {
    const before = toQuiet(0, 100, [4_500, 0]);
    const straggler: Look[] = [[100, 4_500, 1], ...toQuiet(102, 130, [4_500, 1])];
    expect(toPace(4_500, [...before, ...straggler])).toEqual({ perSecond: null, leftMs: null });
    expect(toPace(4_500, [...before, [100, 4_500, 190]]).leftMs).toBeNull();
  });

  it('is not misled by the pause between two waves, and a straggler in it', () => {
    const looks: Look[] = [
      [0, 1_000, 0],
      [1, 1_000, 300],
      [25, 1_000, 300],
      [30, 1_000, 301],
    ];
    expect(toPace(1_000, looks).perSecond).toBeCloseTo(10, 0);
  });

  it('follows from the time to ready as soon as one that was seen bought is', () => {
    // Bought within ten seconds, ready after 234: of the last one 4 s are left when the first is ready.
    const purchase: Look[] = [
      [0, 0, 0],
      [5, 90, 0],
      [9, 4_500, 0],
    ];
    const looks: Look[] = [...purchase, ...toQuiet(11, 239, [4_500, 0]), [239, 4_500, 1]];
    expect(toPace(4_500, looks)).toEqual({ perSecond: null, leftMs: 4_000 });
  });

  it('adds the time that buying takes at its own pace', () => {
    const looks: Look[] = [0, 2, 4, 6, 8, 10].map((second) => [second, second * 20, 0]);
    // 20 a second: 800 more take 40 s, and the last of them 10 s until it is ready, as the first 40 did.
    expect(toPace(1_040, [...looks, [12, 240, 40]]).leftMs).toBe(50_000);
  });

  it('has no end while nothing is bought', () => {
    const looks: Look[] = [
      [0, 300, 0],
      ...toQuiet(2, 100, [300, 0]),
      [100, 300, 50],
      [108, 300, 200],
    ];
    expect(toPace(400, looks)).toEqual({ perSecond: 20, leftMs: null });
  });

  it('goes by the last minute again when it takes longer than the first ones did', () => {
    const looks: Look[] = [
      [0, 0, 0],
      [2, 400, 0],
      [7, 400, 40],
      [22, 400, 200],
    ];
    expect(toPace(400, looks)).toEqual({ perSecond: 10, leftMs: 20_000 });
  });
});

describe('the window of a growth', () => {
  it('forgets what lies outside of it', () => {
    const window = createGrowthWindow(10_000);
    window.record(0, 0);
    window.record(100, 5_000);
    expect(window.record(100, 14_000)).toEqual({ count: 0, durationMs: 9_000 });
  });
});
