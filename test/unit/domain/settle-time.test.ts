import {
  isFastResendSafe,
  listShortened,
  SETTLE_DEFAULTS,
  toSettleTimeMs,
} from '../../../src/domain/settle-time';

const SETTLE_TIME_MS = toSettleTimeMs(SETTLE_DEFAULTS);

test('a token is sent again at once only if it outlives the whole settle time (rule R6)', () => {
  const isSafe = (tokenLifetimeMs: number): boolean =>
    isFastResendSafe({ ...SETTLE_DEFAULTS, tokenLifetimeMs });
  expect(isSafe(SETTLE_TIME_MS + 1)).toBe(true);
  expect(isSafe(SETTLE_TIME_MS)).toBe(false);
  expect(isSafe(0)).toBe(false);
});

test('the safe values are not shortened, and neither are longer ones (rule R13)', () => {
  const longer = Object.entries(SETTLE_DEFAULTS).map(([part, ms]) => [part, Number(ms) + 1]);
  expect(listShortened(SETTLE_DEFAULTS)).toEqual([]);
  expect(listShortened(Object.fromEntries(longer))).toEqual([]);
});

test.each([
  'signatureValidityMs',
  'clockSkewMs',
  'commitLagMs',
  'visibilityLagMs',
  'timerMarginMs',
] as const)('%s is shortened by a millisecond less, whatever the others are', (part) => {
  const settings = { ...SETTLE_DEFAULTS, sendWindowMs: 300_000 };
  expect(listShortened({ ...settings, [part]: SETTLE_DEFAULTS[part] - 1 })).toEqual([part]);
});
