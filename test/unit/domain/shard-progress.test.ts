import { countGroups, listParked } from '../../../src/domain/shard-progress';
import { NO_SLOTS } from '../../../src/domain/progress';
import { createRefusal } from '../../support/domain-samples';
import { applyToShardAll, at, createProvenShard } from '../../support/shard-samples';

const CREATED = at(0, { type: 'created', path: 'g0/0-1', ids: ['r-1', 'r-2'] });
const READY = {
  type: 'readiness',
  home: 0,
  readyCount: 1,
  failed: [{ id: 'r-2', status: 'Error' }],
} as const;

test('slots in flight count as creating, bought ones as starting until they are ready', () => {
  const started = applyToShardAll(createProvenShard([0]), { type: 'start' }).shard;
  expect(countGroups(started)).toEqual([
    { group: 0, counts: { ...NO_SLOTS, slots: 2, creating: 2 } },
  ]);
  const bought = applyToShardAll(started, CREATED).shard;
  expect(countGroups(bought)).toEqual([
    { group: 0, counts: { ...NO_SLOTS, slots: 2, starting: 2 } },
  ]);
  const read = applyToShardAll(bought, READY).shard;
  expect(countGroups(read)).toEqual([
    { group: 0, counts: { ...NO_SLOTS, slots: 2, ready: 1, failed: 1 } },
  ]);
});

test('the slot of a replaced instance counts as what its replacement is', () => {
  const { shard } = applyToShardAll(
    createProvenShard([0]),
    { type: 'start' },
    CREATED,
    READY,
    { type: 'pause' },
    at(0, { type: 'replace', id: 'r-2' }),
  );
  expect(countGroups(shard)).toEqual([
    { group: 0, counts: { ...NO_SLOTS, slots: 2, ready: 1, planned: 1 } },
  ]);
});

test('every group with slots here has its counts', () => {
  const groups = countGroups(createProvenShard([0, 2]));
  expect(groups.map(({ group, counts }) => [group, counts.slots])).toEqual([
    [0, 2],
    [2, 2],
  ]);
});

test('a parked chunk says why, since when, and what helps', () => {
  const refusal = { class: 'denied', code: 'Forbidden.RAM', requestId: 'req-1' } as const;
  const { shard } = applyToShardAll(
    createProvenShard([0]),
    { type: 'start' },
    at(0, { type: 'refused', path: 'g0/0-1', refusal }),
  );
  expect(listParked(shard)).toEqual([
    {
      chunk: 'g0/0-1',
      slots: 2,
      ...refusal,
      sinceMs: 1_000,
      nextStep: expect.stringMatching(/./) as unknown,
    },
  ]);
});

test('a code that nobody listed is not said to go on by itself', () => {
  const { shard } = applyToShardAll(
    createProvenShard([0]),
    { type: 'start' },
    at(0, { type: 'refused', path: 'g0/0-1', refusal: createRefusal('unknown') }),
  );
  expect(listParked(shard)[0]!.nextStep).toContain('retryFailed');
});
