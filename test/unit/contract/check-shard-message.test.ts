import {
  isOfSameSlots,
  isShardOrder,
  isShardReport,
} from '../../../src/contract/check-shard-message';
import type { ShardReport } from '../../../src/contract/shard-report';
import { NO_SLOTS } from '../../../src/domain/progress';

/** What is looked at; a report may say more. */
const REPORT = {
  shard: 3,
  stage: 'buying',
  groups: [{ group: 0, counts: { ...NO_SLOTS, slots: 90, ready: 60, gated: 30 } }],
  gate: { cause: 'quota', code: 'QuotaExceed', sinceMs: 1, nextProbeAtMs: null, probes: 2 },
  hold: { class: 'account', code: 'InsufficientBalance' },
  parked: [{ chunk: 'g/0-9', slots: 10, class: 'invalid', code: 'X', nextStep: 'Mend it.' }],
  parkedStarting: 0,
  apiCalls: { CreateInstances: 4 },
  retries: {},
  orderIds: ['1'],
  orphans: [{ id: 'r-9', name: 'n', region: 'cn-hangzhou', status: 'Normal' }],
  missing: [],
  endedBy: null,
  round: 1,
} as unknown as ShardReport;

describe('the report of a shard', () => {
  it('is believed', () => {
    expect(isShardReport(REPORT)).toBe(true);
    expect(isShardReport({ ...REPORT, gate: null, hold: null, endedBy: 'gone' })).toBe(true);
    expect(isShardReport({ ...REPORT, delays: { throttled: 1, waitedMs: 40 } })).toBe(true);
    expect(isShardReport({ ...REPORT, stage: 'auditing', auditUntilMs: 1_000 })).toBe(true);
  });

  it.each<[string, unknown]>([
    ...Object.keys(REPORT).map((key): [string, unknown] => [key, undefined]),
    ['shard', -1],
    ['stage', 'over'],
    ['groups', [null]],
    ['groups', [{ group: 0, counts: { slots: 90, ready: 90 } }]],
    ['groups', [{ group: 0, counts: { ...NO_SLOTS, ready: 0.5 } }]],
    ['gate', {}],
    ['hold', 'account'],
    ['parked', [{ chunk: 'g/0-9' }]],
    ['apiCalls', { CreateInstances: '4' }],
    ['delays', { throttled: 1 }],
    ['delays', { throttled: 1, waitedMs: 0.5 }],
    ['auditUntilMs', 'soon'],
    ['orphans', ['r-9']],
    ['endedBy', 'nobody'],
  ])('is not believed with %s: %j', (key, value) => {
    expect(isShardReport({ ...REPORT, [key]: value })).toBe(false);
  });

  it('of other slots than the shard has is of another batch', () => {
    const [group] = REPORT.groups;
    const other = { ...group!, counts: { ...group!.counts, slots: 91 } };
    expect(isOfSameSlots({ ...REPORT, stage: 'done' }, REPORT)).toBe(true);
    expect(isOfSameSlots({ ...REPORT, groups: [other] }, REPORT)).toBe(false);
    expect(isOfSameSlots({ ...REPORT, groups: [] }, REPORT)).toBe(false);
  });
});

describe('an order to a shard', () => {
  const refusal = { class: 'unknown', code: 'batch-cancelled' };

  it.each([
    { type: 'pause' },
    { type: 'resume' },
    { type: 'retry', paths: null },
    { type: 'skip', paths: ['g/0-9'] },
    { type: 'concurrency', chunksInFlight: 5 },
    { type: 'hold', refusal },
    { type: 'end', ending: { as: 'skipped', refusal } },
    { type: 'deadline', deadlineAtMs: 1_700_000_000_000 },
  ])('is obeyed: %j', (action) => {
    expect(isShardOrder({ action, round: 0 })).toBe(true);
  });

  it.each([
    null,
    { type: 'start' },
    { type: 'constructor' },
    { type: 'retry' },
    { type: 'skip', paths: 'g/0-9' },
    { type: 'concurrency', chunksInFlight: 0 },
    { type: 'concurrency', chunksInFlight: 1e9 },
    { type: 'hold' },
    { type: 'end', ending: { as: 'released', refusal } },
    { type: 'end', ending: { as: 'parked' } },
    { type: 'deadline', deadlineAtMs: 'tomorrow' },
  ])('is not obeyed: %j', (action) => {
    expect(isShardOrder({ action, round: 0 })).toBe(false);
  });

  it.each([undefined, 7, {}, { action: { type: 'pause' } }])('is not obeyed: %j', (order) => {
    expect(isShardOrder(order)).toBe(false);
  });
});
