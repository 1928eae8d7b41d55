import fc from 'fast-check';
import { checkBatchRequest } from '../../src/domain/check-batch-request';
import { formatDuration, parseDuration } from '../../src/domain/duration';
import { LIMITS } from '../../src/domain/limits';
import { findNearestWord } from '../../src/domain/nearest-word';
import { hashRequest } from '../../src/domain/request-hash';

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});

const valid = {
  apiVersion: 'tairfleet/v1',
  batchId: 'first',
  tenant: 'payments',
  groups: [
    {
      name: 'sessions',
      count: 3,
      spec: { instanceClass: 'redis.master.small.default', engineVersion: '5.0' },
      placements: [
        { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
      ],
    },
  ],
  policy: { minReady: '100%', readyDeadline: '30m', deadline: '24h' },
  notify: [{ signal: { workflowId: 'order-77', name: 'fleetReady' } }],
};

/** Paths of all values of the valid document, so that each can be replaced. */
function listPaths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, inner]) => listPaths(inner, [...path, key]))];
}

function replaceAt(value: unknown, path: readonly (string | number)[], wanted: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return wanted;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaceAt(copy[key], rest, wanted);
  return copy;
}

describe('the batch request check', () => {
  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(anything, (input) => {
        const checked = checkBatchRequest(input);
        expect(checked.ok || checked.problems.length > 0).toBe(true);
      }),
    );
  });

  it('survives anything anywhere in a document, and what it accepts keeps the bounds', () => {
    const path = fc.constantFrom(...listPaths(valid));
    fc.assert(
      fc.property(path, anything, (place, value) => {
        const checked = checkBatchRequest(replaceAt(valid, place, value));
        if (!checked.ok) {
          expect(checked.problems.length).toBeGreaterThan(0);
          return;
        }
        for (const group of checked.request.groups) {
          expect(Number.isSafeInteger(group.count)).toBe(true);
          expect(group.placements.length).toBeGreaterThan(0);
          const name = `${group.name}-q7m2kd4x9a-s0003c0012`;
          expect(name).toMatch(/^[A-Za-z][^\s@/:="<>{[\]}]+$/);
          expect(name.length).toBeLessThanOrEqual(LIMITS.nameLengthMax);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('answers the same for the same document, as a workflow must', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(checkBatchRequest(input)).toEqual(checkBatchRequest(structuredClone(input)));
      }),
    );
  });

  it('reports every unknown key with its path', () => {
    const path = fc.constantFrom<(string | number)[]>(
      [],
      ['groups', 0],
      ['groups', 0, 'spec'],
      ['groups', 0, 'placements', 0],
      ['policy'],
      ['notify', 0],
    );
    fc.assert(
      fc.property(path, fc.string({ minLength: 1 }), (place, word) => {
        const key = `x-${word}`;
        const checked = checkBatchRequest(replaceAt(valid, [...place, key], 1));
        expect(checked).toMatchObject({
          ok: false,
          problems: [{ path: [...place, key], code: 'unknown-key' }],
        });
      }),
    );
  });

  it('hashes requests alike exactly when they are alike', () => {
    const counts = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(counts, counts, (left, right) => {
        const [a, b] = [left, right].map((count) => {
          const checked = checkBatchRequest(replaceAt(valid, ['groups', 0, 'count'], count));
          return checked.ok ? hashRequest(checked.request) : null;
        });
        expect(a).not.toBeNull();
        expect(a === b).toBe(left === right);
      }),
    );
  });
});

describe('durations', () => {
  it('come back from their written form to within their second unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LIMITS.deadlineMaxMs }), (durationMs) => {
        const readMs = parseDuration(formatDuration(durationMs));
        expect(readMs).not.toBeNull();
        expect(readMs!).toBeLessThanOrEqual(durationMs);
        expect(formatDuration(readMs!)).toBe(formatDuration(durationMs));
      }),
    );
  });
});

describe('the nearest word', () => {
  it('is the word itself when that is known, and one of the known words otherwise', () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.stringMatching(/^[a-z]{1,20}$/), (known, word) => {
        expect(findNearestWord(known[0]!, known)).toBe(known[0]);
        expect([null, ...known]).toContain(findNearestWord(word, known));
      }),
    );
  });
});
