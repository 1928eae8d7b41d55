import { createColors } from 'picocolors';
import { createDelayNews } from '../../../src/cli/live/delay-news';
import { UNKNOWN_PACE } from '../../../src/cli/live/ready-pace';
import { toProgressLine, toProgressLines } from '../../../src/cli/views/human/progress-lines';
import type { BatchProgress } from '../../../src/domain/progress';
import { createBatchProgress } from '../../support/batch-progress';

const colors = createColors(false);

describe('progress for people', () => {
  it('says how far it is, how fast, and how long it may take', () => {
    const options = { nowMs: 12_000, pace: { perSecond: 20, leftMs: 18_000 }, colors };
    expect(toProgressLines(createBatchProgress(), options)).toEqual([
      'payments/sessions-2026-11  provisioning, 12s',
      '  ready   640 / 1,000  ███████████████░░░░░░░░░  64%  20.0/s, about 18s left',
      '  starting 360',
    ]);
  });

  it('never shows a rate that one digit makes nothing', () => {
    const options = { nowMs: 12_000, pace: { perSecond: 0.04, leftMs: 100_000 } };
    const line = toProgressLine(createBatchProgress(), options);
    expect(line).toContain('starting 360  about 1m 40s left');
  });

  it('says what it waits for and since when', () => {
    const gate = {
      cause: 'quota',
      code: 'QuotaExceed.AfterpayInstance',
      sinceMs: 2_000,
      nextProbeAtMs: 15_000,
      probes: 1,
    } as const;
    const line = toProgressLine(createBatchProgress({ gate }), {
      nowMs: 12_000,
      pace: UNKNOWN_PACE,
    });
    expect(line).toContain(
      'waiting for quota: QuotaExceed.AfterpayInstance since 00:00:02Z (10s), next probe in 3s',
    );
  });

  it('says in a log how long it may take, and because of which codes something is parked', () => {
    const parked = {
      ...{ chunk: 'sessions/0-89', slots: 90, class: 'denied', code: 'Forbidden.RAM' },
      nextStep: 'Grant the permission, then retry.',
    };
    const progress = createBatchProgress({
      parked: [parked, { ...parked, chunk: 'sessions/90-179' }],
    });
    const line = toProgressLine(progress, {
      nowMs: 12_000,
      pace: { perSecond: 20, leftMs: 18_000 },
    });
    expect(line).toContain('  20.0/s, about 18s left  parked for Forbidden.RAM');
  });

  it('says until when it looks for late instances in the audit, and why', () => {
    const options = { nowMs: 12_000, pace: UNKNOWN_PACE, colors };
    const wait = { phase: 'auditing', auditUntilMs: 240_000 } as const;
    const text =
      'looks once more at 00:04:00Z (in 3m 48s): until then late instances may still show up';
    expect(toProgressLines(createBatchProgress(wait), options).at(-1)).toBe(`  ${text}`);
    expect(toProgressLine(createBatchProgress(wait), options)).toContain(`  ${text}`);
    const over = toProgressLine(createBatchProgress(wait), { ...options, nowMs: 240_000 });
    expect(over).not.toContain('late instances');
  });

  it('says since when it is on hold, and since when a chunk is parked', () => {
    const parked = {
      ...{ chunk: 'sessions/0-89', slots: 90, class: 'account', code: 'InsufficientBalance' },
      ...{ sinceMs: 3_000, nextStep: 'Refill it, then retry.' },
    };
    const held = { hold: 'InsufficientBalance: No money.', holdSinceMs: 2_000 };
    const options = { nowMs: 12_000, pace: UNKNOWN_PACE, colors };
    expect(
      toProgressLines(createBatchProgress({ ...held, parked: [parked] }), options).slice(-2),
    ).toEqual([
      '  on hold since 00:00:02Z (10s): InsufficientBalance: No money.',
      '  parked sessions/0-89, 90 slots since 00:00:03Z (9s): InsufficientBalance. Refill it, then retry.',
    ]);
  });

  it('names what is parked with its request id and the next step, and counts the rest', () => {
    const parked = Array.from({ length: 7 }, (_, index) => ({
      chunk: `sessions/${index}-${index}`,
      slots: 90,
      class: 'denied',
      code: 'Forbidden.RAM',
      requestId: 'REQ-1',
      nextStep: 'Grant the permission, then retry.',
    }));
    const options = { nowMs: 0, pace: UNKNOWN_PACE, colors };
    const lines = toProgressLines(createBatchProgress({ parked }), options);
    expect(lines).toContain(
      '  parked sessions/0-0, 90 slots: Forbidden.RAM (request REQ-1). Grant the permission, then retry.',
    );
    expect(lines.at(-1)).toBe('  and 2 more parked');
  });
});

const BUYING = { counts: { ...createBatchProgress().counts, planned: 90 } };

describe('the delays of a batch', () => {
  const delays = { throttled: 14, waitedMs: 41_300 };
  const options = { nowMs: 12_000, pace: UNKNOWN_PACE, colors };
  const text = 'slowed: the service throttled 14 calls, and creates waited 41s in all to be sent';

  it('are said with their cause, on a terminal and in a log', () => {
    const progress = createBatchProgress({ ...BUYING, delays });
    expect(toProgressLines(progress, options).at(-1)).toBe(`  ${text}`);
    expect(toProgressLine(progress, options)).toContain(`  ${text}`);
  });

  it('are those of the own rate limit where nothing was throttled', () => {
    const progress = createBatchProgress({ ...BUYING, delays: { ...delays, throttled: 0 } });
    expect(toProgressLines(progress, options).at(-1)).toBe(
      '  slowed: creates waited 41s in all to be sent',
    );
  });

  it.each<[string, Partial<BatchProgress>]>([
    ['below a second in all', { delays: { throttled: 1, waitedMs: 999 } }],
    ['when the batch buys nothing', { delays, phase: 'paused' }],
    ['when everything is ordered', { delays, counts: createBatchProgress().counts }],
    ['of an older worker, which knows none', {}],
  ])('are not said %s', (_when, changes) => {
    const lines = toProgressLines(createBatchProgress({ ...BUYING, ...changes }), options);
    expect(lines.join()).not.toContain('slowed');
  });

  it('are news to who watches from the first look on, as long as they grow', () => {
    const news = createDelayNews();
    const look = (waitedMs: number, atMs: number) =>
      news.take(createBatchProgress({ delays: { throttled: 1, waitedMs } }), atMs).delays?.waitedMs;
    const looks = [look(5_000, 0), look(5_000, 1_000), look(6_000, 2_000), look(6_000, 60_000)];
    expect([...looks, look(6_000, 93_000)]).toEqual([5_000, undefined, 6_000, 6_000, undefined]);
  });
});
