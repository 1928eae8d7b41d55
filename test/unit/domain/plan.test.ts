import fc from 'fast-check';
import type { BatchRequest, Group } from '../../../src/domain/batch-request';
import { planShards, splitByPlacement } from '../../../src/domain/plan';

function toGroup(name: string, count: number, region: string): Group {
  return { name, count, placements: [{ region }] } as unknown as Group;
}

test('shards are filled up before the next one is opened', () => {
  const groups = [toGroup('a', 7, 'r1'), toGroup('b', 5, 'r1')];
  expect(planShards({ groups }, { shardSlots: 5 })).toEqual([
    { index: 0, region: 'r1', ranges: [{ group: 0, from: 0, count: 5 }] },
    {
      index: 1,
      region: 'r1',
      ranges: [
        { group: 0, from: 5, count: 2 },
        { group: 1, from: 0, count: 3 },
      ],
    },
    { index: 2, region: 'r1', ranges: [{ group: 1, from: 3, count: 2 }] },
  ]);
});

test('regions never share a shard', () => {
  const groups = [toGroup('a', 1, 'r1'), toGroup('b', 1, 'r2'), toGroup('c', 1, 'r1')];
  const shards = planShards({ groups }, { shardSlots: 5 });
  expect(shards.map(({ region, ranges }) => [region, ranges.map(({ group }) => group)])).toEqual([
    ['r1', [0, 2]],
    ['r2', [1]],
  ]);
});

describe('a group that is spread', () => {
  const spread = (count: number, placements: number): Pick<BatchRequest, 'groups'> => {
    const places = Array.from({ length: placements }, () => ({ region: 'r1' }));
    const group = { ...toGroup('a', count, 'r1'), placements: places, placementPolicy: 'spread' };
    return { groups: [group as unknown as Group] };
  };

  test('begins with each placement as often, but for one slot, whatever the shards', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 90 }),
        (count, placements, shardSlots) => {
          const request = spread(count, placements);
          const ranges = planShards(request, { shardSlots }).flatMap((shard) => shard.ranges);
          const parts = ranges.flatMap((range) => splitByPlacement(request, range));
          const shares = Array.from({ length: placements }, (_none, placement) =>
            parts
              .filter(({ firstPlacement }) => firstPlacement === placement)
              .reduce((sum, part) => sum + part.count, 0),
          );
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
          const slots = parts.flatMap(({ from, count: size }) =>
            Array.from({ length: size }, (_none, offset) => from + offset),
          );
          expect(slots).toEqual(Array.from({ length: count }, (_none, slot) => slot));
        },
      ),
    );
  });

  test('is one part when it is ranked', () => {
    const range = { group: 0, from: 3, count: 9 };
    expect(splitByPlacement({ groups: [toGroup('a', 20, 'r1')] }, range)).toEqual([
      { ...range, firstPlacement: 0 },
    ]);
  });
});
