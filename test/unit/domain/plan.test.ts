import type { Group } from '../../../src/domain/batch-request';
import { planShards } from '../../../src/domain/plan';

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
