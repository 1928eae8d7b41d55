import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROWS, type Row } from './rows';
import { RULES } from './rules';
import { simulate } from './simulation';

const SEEDS_MAX = 8_000;

const SAFETY_PAGE = join(__dirname, '../../docs/safety.md');

// Seconds alone; the machine may be busy with other tests.
jest.setTimeout(240_000);

test.each(ROWS)('the simulator notices, without $without', (row) => {
  expect(findSeedThatNeeds(row)).not.toBeNull();
});

test('each of the 27 counterexamples of the safety page has a row that finds it', () => {
  const table = readFileSync(SAFETY_PAGE, 'utf8').matchAll(/^\| (\d+) +\|.*\| `([a-z-]+)` +\|$/gm);
  const listed = [...table].map(([, number, rule]) => ({ number: Number(number), rule }));
  expect(listed.map(({ number }) => number)).toEqual(Array.from({ length: 27 }, (_, at) => at + 1));
  const shown = ROWS.flatMap(({ shows = [], off }) => shows.map((number) => [number, off[0]]));
  expect(Object.fromEntries(shown)).toEqual(
    Object.fromEntries(listed.map(({ number, rule }) => [number, rule])),
  );
});

test('every rule that can be switched off has a row', () => {
  const switched = ROWS.flatMap(({ off, besides = [] }) => [...off, ...besides]);
  expect(RULES.filter((rule) => !switched.includes(rule))).toEqual([]);
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
