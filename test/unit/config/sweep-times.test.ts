import { loadConfig } from '../../../src/config/load-config';
import { toSweepTimesMs } from '../../../src/config/sweep-times';

function load(text: string): ReturnType<typeof loadConfig> {
  return loadConfig({ env: { TAIRFLEET_SAFETY_SWEEP_AFTER: text }, cwd: '/nowhere' });
}

describe('the times of a sweep', () => {
  it('are an hour and a day after the end unless somebody says otherwise', () => {
    const loaded = load('');
    expect(loaded.ok && toSweepTimesMs(loaded.config.safety.sweepAfter)).toEqual([
      3_600_000, 86_400_000,
    ]);
  });

  it('are durations in any order, each once', () => {
    const loaded = load('7d, 30m, 1h 30m, 30m');
    expect(loaded.ok && toSweepTimesMs(loaded.config.safety.sweepAfter)).toEqual([
      1_800_000, 5_400_000, 604_800_000,
    ]);
  });

  it('are none at all by the word never, or by an empty list', () => {
    const loaded = load('never');
    expect(loaded.ok && toSweepTimesMs(loaded.config.safety.sweepAfter)).toEqual([]);
    expect(toSweepTimesMs([])).toEqual([]);
  });

  it.each(['soon', '3600000', '0s', '31d', '1h,2h,3h,4h,5h,6h'])('are not %s', (text) => {
    const loaded = load(text);
    expect(loaded.ok ? [] : loaded.problems).toEqual([
      expect.stringMatching(/^TAIRFLEET_SAFETY_SWEEP_AFTER|safety\.sweepAfter/),
    ]);
  });
});
