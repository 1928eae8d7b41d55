import { ChoiceOracle, toNextScript } from './choice-oracle';
import { enumerate, SMALL_SPACE, WIDE_SPACE } from './enumeration';
import type { Rule } from './rules';

// Seconds alone; the machine may be busy with other tests.
jest.setTimeout(240_000);

test('in every run of a chunk of two with up to three faults the count is exact', () => {
  const { runs, broken } = enumerate(SMALL_SPACE);
  expect(broken).toBeNull();
  expect(runs).toBeGreaterThan(18_000);
});

test('in every run of a chunk of two with up to two faults of any kind the count is exact', () => {
  expect(WIDE_SPACE.kinds).toHaveLength(27);
  const { runs, broken } = enumerate(WIDE_SPACE);
  expect(broken).toBeNull();
  expect(runs).toBeGreaterThan(7_500);
});

test.each<Rule>([
  'proven-first-send',
  'scheduled-times',
  'some-is-in-doubt',
  'short-answer-is-ambiguous',
  'delay-in-settle-time',
  'ignored-ids',
])('three faults are enough to show what the rule %s is for', (rule) => {
  const { broken } = enumerate({ ...SMALL_SPACE, off: [rule] });
  expect(broken?.wrong.length).toBeGreaterThan(0);
});

test.each<Rule>(['settle-before-retry', 'settle-before-end', 'replaced-are-ignored', 'asks-first'])(
  'two faults of any kind are enough to show what the rule %s is for',
  (rule) => {
    const { broken } = enumerate({ ...WIDE_SPACE, off: [rule] });
    expect(broken?.wrong.length).toBeGreaterThan(0);
  },
);

test('an enumeration meets every set of faults once, up to the bound', () => {
  const met: string[] = [];
  for (let script: readonly number[] | null = []; script !== null;) {
    const oracle = new ChoiceOracle(script, 2);
    met.push(['a', 'b', 'c'].filter(() => oracle.isStruck()).join(''));
    script = toNextScript(oracle.made);
  }
  expect(met.sort()).toEqual(['', 'a', 'ab', 'ac', 'b', 'bc', 'c']);
});

test('an enumeration tries every way in which a fault can go', () => {
  const met: number[] = [];
  for (let script: readonly number[] | null = []; script !== null;) {
    const oracle = new ChoiceOracle(script, 1);
    met.push(oracle.isStruck() ? oracle.between(0, 3, 'entry') : -1);
    script = toNextScript(oracle.made);
  }
  expect(met).toEqual([-1, 0, 1, 2, 3]);
});
