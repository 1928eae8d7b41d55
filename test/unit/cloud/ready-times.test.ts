import { createReadyTimes } from '../../../src/cloud/ready-times';
import { toPauseMs, toReadyWindow } from '../../../src/cloud/poll-pace';
import type { PaceView } from '../../../src/cloud/poll-pace';

const MINUTE_MS = 60_000;

describe('the times that instances take', () => {
  it('are unknown until twenty were seen', () => {
    const times = createReadyTimes();
    for (let seen = 0; seen < 19; seen += 1) times.add(MINUTE_MS, 0);
    expect(times.quantileMs(0.5, 0)).toBeNull();
    times.add(MINUTE_MS, 0);
    expect(times.quantileMs(0.5, 0)).not.toBeNull();
  });

  it('are known to a few per cent, whatever the share', () => {
    const times = createReadyTimes();
    for (let seen = 1; seen <= 1_000; seen += 1) times.add(seen * 100, 0);
    for (const share of [0.02, 0.5, 0.98]) {
      const error = times.quantileMs(share, 0)! / (share * 100_000) - 1;
      expect(Math.abs(error)).toBeLessThan(0.06);
    }
  });

  it('are forgotten after an hour, not all at once', () => {
    const times = createReadyTimes();
    for (let seen = 0; seen < 50; seen += 1) times.add(MINUTE_MS, 0);
    for (let seen = 0; seen < 50; seen += 1) times.add(3 * MINUTE_MS, 31 * MINUTE_MS);
    expect(times.quantileMs(0.02, 31 * MINUTE_MS)).toBeLessThan(1.1 * MINUTE_MS);
    expect(times.quantileMs(0.02, 62 * MINUTE_MS)).toBeGreaterThan(2.9 * MINUTE_MS);
    expect(times.quantileMs(0.02, 300 * MINUTE_MS)).toBeNull();
  });

  it('give a window somewhat wider than what was seen', () => {
    const times = createReadyTimes();
    for (let seen = 0; seen < 100; seen += 1) times.add(100_000 + seen * 1_000, 0);
    const window = toReadyWindow(times, 0)!;
    expect(window.fromMs).toBeLessThan(100_000);
    expect(window.toMs).toBeGreaterThan(199_000);
  });
});

describe('the pause between two polls', () => {
  const SETTINGS = { pollMinMs: 1_000, pollMaxMs: 30_000 };
  const NOTHING_KNOWN: PaceView = {
    youngestMs: 0,
    sinceChangeMs: null,
    window: null,
    failures: 0,
    endedShare: 0,
  };
  const pause = (view: Partial<PaceView>): number =>
    toPauseMs({ ...NOTHING_KNOWN, ...view }, SETTINGS);

  it('grows with the age of the youngest while nothing is known, within its bounds', () => {
    expect([0, 60_000, 3_600_000].map((youngestMs) => pause({ youngestMs }))).toEqual([
      1_000, 6_000, 30_000,
    ]);
  });

  it('is the shortest again when an instance has become ready', () => {
    expect(pause({ youngestMs: 200_000, sinceChangeMs: 3_000 })).toBe(1_000);
    expect(pause({ youngestMs: 200_000, sinceChangeMs: 50_000 })).toBe(5_000);
  });

  it('is short compared with the window in which instances are expected', () => {
    const window = { fromMs: 100_000, toMs: 160_000 };
    expect(pause({ youngestMs: 155_000, window })).toBe(3_000);
    expect(pause({ youngestMs: 101_000, window })).toBe(1_000);
  });

  it('grows again when the window has passed', () => {
    const window = { fromMs: 100_000, toMs: 110_000 };
    expect(pause({ youngestMs: 109_000, window })).toBe(1_000);
    expect(pause({ youngestMs: 180_000, window })).toBe(8_000);
  });

  it('is shorter still while most of what is asked for is ready', () => {
    expect([0.1, 0.5, 0.9, 1].map((endedShare) => pause({ endedShare }))).toEqual([
      900, 500, 250, 250,
    ]);
  });

  it('doubles with every call that fails in a row', () => {
    expect([1, 2, 3, 40].map((failures) => pause({ failures }))).toEqual([
      1_000, 2_000, 4_000, 30_000,
    ]);
  });
});
