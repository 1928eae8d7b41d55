import { simulate } from './simulation';

/** R8 switched off at its root: no path is ever open, so all paths of a home chunk go at once. */
jest.mock('../../src/domain/home-chunk-state', () => ({
  ...jest.requireActual<object>('../../src/domain/home-chunk-state'),
  isOpen: () => false,
}));

test('the simulator notices, without R8: two paths of one name adopt and settle side by side', () => {
  const forced = { split: 0.8, refusal: 0.5, lostAnswer: 0.4 };
  const seeds = Array.from({ length: 2_000 }, (_, index) => index + 1);
  const isMiscounted = (seed: number): boolean =>
    simulate(seed, { forced }).wrong.some((what) => /asked for|is owned by/.test(what));
  expect(seeds.find(isMiscounted)).toBeDefined();
});
