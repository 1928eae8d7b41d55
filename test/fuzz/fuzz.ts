import { basename } from 'node:path';
import fc from 'fast-check';

/** Multiplies the runs of every fuzz test: `FUZZ_RUNS=50 npx jest test/fuzz`. */
const RUNS_FACTOR = Number(process.env.FUZZ_RUNS ?? '1');

/** `FUZZ_SEED` repeats the cases of an earlier run. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

process.stderr.write(`fuzz seed of ${basename(expect.getState().testPath ?? '')}: ${SEED}\n`);

/**
 * Tries a property. A failure names its seed and path too.
 *
 * @param property - what must hold for every case
 * @param runs - cases of a run in `npm test`; `FUZZ_RUNS` multiplies them
 */
export async function fuzz<T>(
  property: fc.IAsyncProperty<T> | fc.IProperty<T>,
  runs: number,
): Promise<void> {
  const numRuns = Math.max(1, Math.round(runs * RUNS_FACTOR));
  await fc.assert(property as fc.IAsyncProperty<T>, { numRuns, seed: SEED });
}

/** How long a test of so many runs may take, ms: with more runs it may take longer. */
export function toFuzzTimeoutMs(timeoutMs: number): number {
  return Math.max(timeoutMs, timeoutMs * RUNS_FACTOR);
}

/** Keys that reach the prototype of an object when somebody assigns them without thought. */
export const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'toFixed'];

/** JSON of any shape, prototype keys among the others. */
export function anyJson(): fc.Arbitrary<fc.JsonValue> {
  const { value } = fc.letrec<{ value: fc.JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<fc.JsonValue>(null, true, '', 0, -1, 1e308, 2 ** 53, '\u2028', '\ud800'),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(anyKey(), tie('value')), { maxLength: 4 })
        .map((entries) => Object.fromEntries(entries) as fc.JsonValue),
    ),
  }));
  return value;
}

function anyKey(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom(...PROTOTYPE_KEYS), fc.string({ maxLength: 8 }));
}

/** JSON text that nests so deeply. */
export function toNested(depth: number, kind: 'list' | 'object'): string {
  return kind === 'list'
    ? '['.repeat(depth) + ']'.repeat(depth)
    : '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
}
