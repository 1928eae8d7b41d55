import { explain, shrink } from './shrink';
import { findBadSeed, simulate, type SimulationOptions } from './simulation';

const OFF: SimulationOptions = { off: ['settle-after-reset'] };
const SEEDS = { from: 100, count: 2_000 };

const seed = findBadSeed(SEEDS, OFF)!;
const original = simulate(seed, { ...OFF, isTraced: true });

test('a failing run is shown by a shorter one that fails in the same way', () => {
  const { run } = shrink(seed, OFF)!;
  expect(run.trace.length).toBeLessThan(original.trace.length);
  expect(run.strikes.length).toBeLessThan(original.strikes.length);
  expect(run.wrong[0]!.invariant).toBe(original.wrong[0]!.invariant);
});

test('the seed and what was left out are all it takes to see it again', () => {
  const { run, options } = shrink(seed, OFF)!;
  const carried = JSON.parse(JSON.stringify(options)) as SimulationOptions;
  expect(simulate(seed, { ...carried, isTraced: true })).toEqual(run);
});

test('nothing more can be left out: no fault that struck may stay away', () => {
  const { run, options } = shrink(seed, OFF)!;
  for (const strike of run.strikes) {
    const spared = [...(options.spared ?? []), strike];
    const less = simulate(seed, { ...options, spared, isTraced: true });
    const isShorter = less.wrong.length > 0 && less.trace.length < run.trace.length;
    expect(isShorter).toBe(false);
  }
});

test('an explanation says what is wrong, how to run it, and what happened', () => {
  const [what, how, ...trace] = explain(seed, OFF).split('\n');
  expect(what).toMatch(new RegExp(`^seed ${seed}: [a-z-]+: `));
  expect(how).toContain('"settle-after-reset"');
  expect(trace.length).toBeGreaterThan(5);
});

test('a run that holds has nothing to shrink', () => {
  expect(shrink(seed)).toBeNull();
  expect(explain(seed)).toBe(`seed ${seed}: nothing is wrong`);
});
