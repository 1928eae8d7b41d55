import { explain } from './shrink';
import { findBadSeed, simulate } from './simulation';

const SEEDS = { from: 1, count: 20_000 };

// Seconds alone; the machine may be busy with other tests.
jest.setTimeout(240_000);

test('whatever the cloud, the network, workers, Temporal and people do, the count is exact', () => {
  const bad = findBadSeed(SEEDS);
  expect(bad === null ? 'all seeds hold' : explain(bad)).toBe('all seeds hold');
});

test('a seed is the same run every time', () => {
  const runs = [1, 2].map(() => simulate(7, { isTraced: true }));
  expect(runs[0]!.trace.length).toBeGreaterThan(5);
  expect(runs[0]).toEqual(runs[1]);
});
