import { listSchedulable } from '../../../src/domain/shard-schedule';
import type { Shard } from '../../../src/domain/shard-state';
import { createRefusal } from '../../support/domain-samples';
import { applyToShardAll, at, createProvenShard } from '../../support/shard-samples';

/** All groups are past their control. */
function createControlled(groups: readonly number[], change: Partial<Shard> = {}): Shard {
  const shard = createProvenShard(groups);
  const passed = shard.groups.map((group) => ({ ...group, control: 'passed' as const }));
  return { ...shard, groups: passed, ...change };
}

test('as many chunks go as the window has room for', () => {
  expect(listSchedulable(createControlled([0, 0, 0], { window: 2 }))).toHaveLength(2);
});

test('chunks in flight take up the window', () => {
  const { shard } = applyToShardAll(createControlled([0, 0, 0], { window: 2 }), { type: 'start' });
  expect(listSchedulable(shard)).toEqual([]);
});

test('the first chunks of groups go before all others', () => {
  const shard = createControlled([0, 0, 1], { window: 1 });
  const [first, second] = shard.groups;
  const pending = { ...second!, control: 'pending' as const };
  const places = listSchedulable({ ...shard, groups: [first!, pending] });
  expect(places).toEqual([{ home: 2, path: 'g1/0-1' }]);
});

test('one path of a home chunk goes at a time', () => {
  const { shard } = applyToShardAll(
    createControlled([0], { isPaused: true }),
    at(0, { type: 'split', path: 'g0/0-1' }),
  );
  expect(listSchedulable({ ...shard, isPaused: false })).toEqual([{ home: 0, path: 'g0/0-0' }]);
});

test.each<[string, Partial<Shard>]>([
  ['on hold', { hold: createRefusal('account') }],
  ['paused', { isPaused: true }],
  ['ending', { ending: { as: 'parked', refusal: createRefusal('unknown') } }],
])('nothing goes while the shard is %s', (_what, change) => {
  expect(listSchedulable(createControlled([0], change))).toEqual([]);
});
