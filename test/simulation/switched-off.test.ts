import { ROWS, type Row } from './rows';
import { simulate } from './simulation';

const SEEDS_MAX = 8_000;

/** The table at the end of docs/safety.md. */
const COUNTEREXAMPLES = Array.from({ length: 27 }, (_, index) => index + 1);

// Seconds alone; the machine may be busy with other tests.
jest.setTimeout(240_000);

test.each(ROWS)('the simulator notices, without $without', (row) => {
  expect(findSeedThatNeeds(row)).not.toBeNull();
});

test('every counterexample has a row that finds it', () => {
  const shown = ROWS.flatMap(({ shows = [] }) => shows).sort((left, right) => left - right);
  expect(shown).toEqual(COUNTEREXAMPLES);
});

/** A seed that goes wrong without the rules, and well with them under the very same faults. */
function findSeedThatNeeds({
  off,
  besides = [],
  breaks = 'never-too-many',
  forced = {},
}: Row): number | null {
  for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
    const { wrong } = simulate(seed, { off: [...off, ...besides], forced });
    if (!wrong.some(({ invariant }) => invariant === breaks)) continue;
    if (simulate(seed, { off: besides, forced }).wrong.length === 0) return seed;
  }
  return null;
}
