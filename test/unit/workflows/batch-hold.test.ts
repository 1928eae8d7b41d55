import type { ShardReport } from '../../../src/contract/shard-report';
import type { Refusal } from '../../../src/domain/refusal';
import { toHoldView } from '../../../src/workflows/batch-hold';
import { toUnstartedReport } from '../../../src/workflows/shard-report';

const NO_MONEY: Refusal = { class: 'account', code: 'InsufficientBalance', message: 'No money.' };
const LOG = [1, 2].flatMap((at) => [
  { atMs: at * 10, action: 'pause' },
  { atMs: at * 10 + 5, action: 'setConcurrency' },
]);

function createReport(hold: Refusal | null): ShardReport {
  return { ...toUnstartedReport({ index: 0, ranges: [] } as never), hold };
}

it('is nothing where nothing holds the batch', () => {
  const facts = { isPaused: false, reports: [createReport(null)], log: LOG };
  expect(toHoldView(facts)).toEqual({ hold: null, holdCode: null, holdSinceMs: null });
});

it('counts from the first shard that was told no', () => {
  const reports = [30, 20].map((parkedAtMs) => createReport({ ...NO_MONEY, parkedAtMs }));
  expect(toHoldView({ isPaused: false, reports, log: [] })).toEqual({
    hold: 'InsufficientBalance: No money.',
    holdCode: 'InsufficientBalance',
    holdSinceMs: 20,
  });
});

it('counts from nowhere when the shard is of a worker that did not note it', () => {
  const reports = [createReport(NO_MONEY)];
  expect(toHoldView({ isPaused: false, reports, log: [] }).holdSinceMs).toBeNull();
});

it('counts from the last pause of several, which comes before any problem', () => {
  const reports = [createReport({ ...NO_MONEY, parkedAtMs: 1 })];
  expect(toHoldView({ isPaused: true, reports, log: LOG })).toEqual({
    hold: 'paused by an operator',
    holdCode: null,
    holdSinceMs: 20,
  });
});
