import { decideSettle } from '../../../src/domain/settle-decision';
import { SETTLE_DEFAULTS, toSettleTimeMs } from '../../../src/domain/settle-time';

const SETTLE_TIME_MS = toSettleTimeMs(SETTLE_DEFAULTS);
const SINCE = { runId: 'this-run', atMs: 1_000_000 };

function decideAfter(ageMs: number, since: { runId: string; atMs: number } | null = SINCE) {
  return decideSettle(since, { runId: 'this-run', atMs: SINCE.atMs + ageMs }, SETTLE_DEFAULTS);
}

test('the settle time is the sum of all that can make a request or an instance late', () => {
  expect(SETTLE_TIME_MS).toBe(60_000 + 900_000 + 30_000 + 60_000 + 60_000);
});

test('a settle looks when the whole time has passed, and not a millisecond earlier', () => {
  expect(decideAfter(SETTLE_TIME_MS)).toEqual({ kind: 'look' });
  expect(decideAfter(SETTLE_TIME_MS - 1)).toEqual({
    kind: 'wait',
    since: SINCE,
    waitMs: 1 + SETTLE_DEFAULTS.timerMarginMs,
  });
});

test.each([
  ['missing', null],
  ['of another run', { ...SINCE, runId: 'old-run' }],
])('a wait whose start is %s counts from now', (_what, since) => {
  const now = { runId: 'this-run', atMs: SINCE.atMs + 10 * SETTLE_TIME_MS };
  expect(decideAfter(10 * SETTLE_TIME_MS, since)).toEqual({
    kind: 'wait',
    since: now,
    waitMs: SETTLE_TIME_MS + SETTLE_DEFAULTS.timerMarginMs,
  });
});

test('a clock that was set back does not shorten the wait', () => {
  expect(decideAfter(-500_000)).toMatchObject({
    waitMs: SETTLE_TIME_MS + SETTLE_DEFAULTS.timerMarginMs,
  });
});
