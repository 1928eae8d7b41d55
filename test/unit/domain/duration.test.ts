import { formatDuration, parseDuration } from '../../../src/domain/duration';

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['1.5h', 5_400_000],
    ['1h 30m', 5_400_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    [' 2d ', 172_800_000],
  ])('reads %p', (text, expectedMs) => {
    expect(parseDuration(text)).toBe(expectedMs);
  });

  it.each(['', '30', 'm', '30 minutes', '-5m', '5x', '1h,5m', '1e3s', '9'.repeat(40) + 'd'])(
    'does not read %p',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it('refuses a long text without trying every way to split it', () => {
    expect(parseDuration(`${'1'.repeat(50_000)}!`)).toBeNull();
  });

  it.each([
    [0, '0s'],
    [-5, '0s'],
    [250, '250ms'],
    [12_999, '12s'],
    [1_800_000, '30m'],
    [3_900_000, '1h 5m'],
    [3_605_000, '1h'],
    [90_061_000, '1d 1h'],
  ])('writes %p ms for people', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});
