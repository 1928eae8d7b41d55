import fc from 'fast-check';
import { readFollowUpMemory } from '../../src/activities/follow-up-memory';
import { readWaveMemory } from '../../src/activities/wave-memory';
import { anyJson, fuzz } from './fuzz';

const IDS = ['r-1', 'r-2', 'r-3'];

/** Ids of the wave, of others, and no ids at all. */
const anyIds = () =>
  fc.oneof(
    fc.subarray(IDS),
    fc.array(fc.constantFrom(...IDS, 'r-9'), { maxLength: 4 }),
    fc.array(anyJson(), { maxLength: 3 }),
    anyJson(),
  );

describe('what an earlier attempt of a wave has left', () => {
  const failed = fc.oneof(
    fc.array(fc.record({ id: fc.constantFrom(...IDS), status: fc.constant('Error') })),
    fc.array(anyJson(), { maxLength: 2 }),
  );
  const anyMemory = fc.oneof(
    anyJson(),
    fc.record(
      { pending: anyIds(), failed, waitedMs: fc.oneof(fc.double(), anyJson()) },
      { requiredKeys: [] },
    ),
  );

  it('is a part of the wave with each id once, or nothing', () =>
    fuzz(
      fc.property(anyMemory, (details) => {
        const memory = readWaveMemory(details, IDS);
        const over = memory.failed.map(({ id }) => id);
        expectPart([...memory.pending, ...over]);
        expect(memory.failed.every(({ status }) => typeof status === 'string')).toBe(true);
        expect(memory.waitedMs).toBeGreaterThanOrEqual(0);
        expect(memory.waitedMs).toBeLessThan(Infinity);
      }),
      500,
    ));
});

describe('what an earlier attempt of a follow-up has left', () => {
  const refusal = fc.oneof(fc.constant({ class: 'invalid', code: 'X' }), anyJson());
  const anyMemory = fc.oneof(
    anyJson(),
    fc.record(
      {
        done: fc.oneof(fc.integer({ min: -1, max: 4 }), anyJson()),
        pending: anyIds(),
        refused: fc.oneof(
          fc.array(fc.record({ ids: anyIds(), refusal }), { maxLength: 2 }),
          anyJson(),
        ),
        begun: anyIds(),
      },
      { requiredKeys: [] },
    ),
  );

  it('accounts for each id of the wave once, or for nothing', () =>
    fuzz(
      fc.property(anyMemory, (details) => {
        const { done, pending, refused, begun = [] } = readFollowUpMemory(details, IDS);
        const over = refused.flatMap(({ ids }) => ids);
        expectPart([...pending, ...over]);
        expect(pending).toEqual(expect.arrayContaining([...begun]));
        expect(done + pending.length + over.length).toBe(IDS.length);
        for (const { refusal: why } of refused) expect(typeof why.code).toBe('string');
      }),
      500,
    ));
});

function expectPart(ids: readonly string[]): void {
  expect(IDS).toEqual(expect.arrayContaining([...ids]));
  expect(new Set(ids).size).toBe(ids.length);
}
