import { toSweepDetails } from '../../../src/workflows/sweep-details';

const KEY = { tenant: 'payments', batchId: 'nightly' };

function createOrphans(count: number) {
  const place = { name: 'sessions-x', region: 'cn-hangzhou', status: 'Normal' };
  return Array.from({ length: count }, (_, at) => ({ id: `r-${at}`, ...place }));
}

describe('what an operator reads of a sweep', () => {
  it('is when the next look comes, as long as nothing was found', () => {
    const details = toSweepDetails(KEY, { looks: 1, found: [], nextAtMs: 1_700_000_000_000 });
    expect(details).toContain('No new orphans');
    expect(details).toContain('2023-11-14T22:13:20Z');
    expect(details).not.toContain('reconcile');
  });

  it('is what was found, what it means, and which commands help', () => {
    const details = toSweepDetails(KEY, { looks: 2, found: createOrphans(1), nextAtMs: null });
    expect(details).toContain('| r-0 | sessions-x | cn-hangzhou | Normal |');
    expect(details).toContain('tairfleet reconcile payments/nightly --adopt');
    expect(details).toContain('--delete-orphans --yes payments/nightly');
    expect(details).toContain('No more looks come');
  });

  it('lists twenty one by one and counts the rest', () => {
    const details = toSweepDetails(KEY, { looks: 2, found: createOrphans(23), nextAtMs: null });
    expect(details).toContain('**23 orphans**');
    expect(details.match(/^\| r-/gm)).toHaveLength(20);
    expect(details).toContain('and 3 more');
  });
});
