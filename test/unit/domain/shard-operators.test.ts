import { applyToShard } from '../../../src/domain/shard';
import type { ShardEvent } from '../../../src/domain/shard-event';
import type { Shard } from '../../../src/domain/shard-state';
import { createRefusal } from '../../support/domain-samples';
import {
  applyToShardAll,
  at,
  createProvenShard,
  createRunning,
  listCreated,
  listPhases,
  PASSED,
  RETRY,
  SHARD_RULES,
  START,
  toCreated,
  toRefused,
} from '../../support/shard-samples';

const REFUSAL = createRefusal('foreign');

function toFailedControl(group: number): ShardEvent {
  return { type: 'controlled', group, refusal: REFUSAL };
}

test('what stops one group parks nothing of another, also what has not gone yet', () => {
  const { shard } = applyToShardAll(
    createProvenShard([0, 0, 1, 1]),
    START,
    toRefused(0, 'g0/0-1', 'invalid'),
  );
  expect(listPhases(shard)).toEqual(['parked', 'parked', 'creating', 'planned']);
});

describe('a retry', () => {
  /** The chunks of two groups are parked, and both groups are stopped. */
  const stopped = (): Shard =>
    applyToShardAll(
      createProvenShard([0, 1]),
      START,
      toRefused(0, 'g0/0-1', 'invalid'),
      toRefused(1, 'g1/0-1', 'invalid'),
    ).shard;

  test('of one path lets its own group go on, and no other', () => {
    const { shard } = applyToShardAll(stopped(), { type: 'retry', paths: ['g1/0-1'] });
    expect(shard.groups.map((group) => group.stopped !== null)).toEqual([true, false]);
  });

  test('of a path that is not parked opens nothing', () => {
    const shard = applyToShardAll(
      createProvenShard([0, 0]),
      START,
      toCreated(0, '0-1'),
      toFailedControl(0),
      { type: 'retry', paths: ['g0/0-1'] },
    ).shard;
    expect(shard.groups[0]).toMatchObject({ control: 'failed', stopped: REFUSAL });
  });

  test('makes a failed control again with what its own group has bought', () => {
    const failed = applyToShardAll(
      createProvenShard([1, 0, 0, 0]),
      START,
      toCreated(0, '0-1', 1),
      toRefused(1, 'g0/0-1', 'unknown'),
      { type: 'skip', paths: ['g0/0-1'] },
      toCreated(2, '2-3'),
      toFailedControl(0),
    ).shard;
    const { shard, commands } = applyToShardAll(failed, RETRY);
    expect(commands).toEqual([{ type: 'control', group: 0, home: 2, ids: ['r-2a', 'r-2b'] }]);
    const group = shard.groups.find((each) => each.group === 0);
    expect(group).toMatchObject({ control: 'running', stopped: null });
  });

  test('of a group that has nothing left to control sends its first chunk alone again', () => {
    const shard = stopped();
    const groups = shard.groups.map((group) => ({ ...group, control: 'failed' as const }));
    const retried = applyToShardAll({ ...shard, groups }, RETRY).shard;
    expect(retried.groups.map(({ control }) => control)).toEqual(['pending', 'pending']);
  });
});

describe('a problem of the account', () => {
  test('is held since it was met first, for the reason that was met last', () => {
    const rules = SHARD_RULES;
    const first = applyToShard(createRunning(), toRefused(1, 'g0/2-3', 'account'), {
      ...{ rules, nowMs: 5_000 },
    }).shard;
    expect(first.hold).toMatchObject({ class: 'account', parkedAtMs: 5_000 });
    const refusal = { ...createRefusal('account'), code: 'another' };
    const second = applyToShard(first, { type: 'hold', refusal }, { rules, nowMs: 9_000 }).shard;
    expect(second.hold).toEqual({ ...refusal, parkedAtMs: 5_000 });
  });

  test('that another shard met is held since that one met it', () => {
    const refusal = { ...createRefusal('account'), parkedAtMs: 400 };
    const { shard } = applyToShardAll(createRunning(), { type: 'hold', refusal });
    expect(shard.hold?.parkedAtMs).toBe(400);
  });
});

describe('the window', () => {
  const narrowed = (): Shard => ({ ...createRunning(), window: 2 });

  test('widens by what is bought', () => {
    expect(applyToShardAll(narrowed(), toCreated(1, '2-3')).shard.window).toBe(4);
  });

  test('does not widen by an answer that says nothing of stock', () => {
    const lost = at(1, { type: 'lost', path: 'g0/2-3' });
    expect(applyToShardAll(narrowed(), lost).shard.window).toBe(2);
  });

  test('does not widen by what the search of a gate finds', () => {
    const searching = applyToShardAll(narrowed(), toRefused(1, 'g0/2-3', 'quota')).shard;
    const before = searching.window;
    expect(searching.gates).toMatchObject([{ search: {} }]);
    expect(applyToShardAll(searching, toCreated(2, '4-5')).shard.window).toBe(before);
  });

  test('that is narrow does not widen because an operator allows more', () => {
    const limit: ShardEvent = { type: 'concurrency', chunksInFlight: 30 };
    expect(applyToShardAll(narrowed(), limit).shard).toMatchObject({ concurrency: 30, window: 2 });
  });

  test('that a closed gate keeps does not widen because an operator allows more', () => {
    const gated = applyToShardAll(createRunning(), toRefused(1, 'g0/2-3', 'quota')).shard;
    const limit: ShardEvent = { type: 'concurrency', chunksInFlight: 30 };
    const { shard } = applyToShardAll({ ...gated, window: gated.concurrency }, limit);
    expect(shard).toMatchObject({ concurrency: 30, window: 4 });
  });
});

describe('a price that has fallen', () => {
  /** One chunk is parked because of a price, and one for another reason. */
  const parked = (): Shard => {
    const { shard } = applyToShardAll(
      createRunning(),
      toRefused(1, 'g0/2-3', 'unknown'),
      toRefused(2, 'g0/4-5', 'unknown'),
    );
    const [first, second, third] = shard.homes;
    const refusal = { class: 'invalid', code: 'price-above-cap', message: 'dear' } as const;
    const dear = { ...second!, paths: [{ ...second!.paths[0]!, refusal }] };
    return { ...shard, homes: [first!, dear, third!] };
  };
  const fallen: ShardEvent = { type: 'bars', bars: [] };

  test('lets go on what was parked because of it, and nothing else', () => {
    const { shard, commands } = applyToShardAll(parked(), fallen);
    expect(listCreated(commands)).toEqual(['g0/2-3']);
    expect(listPhases(shard)).toEqual(['owned', 'creating', 'parked']);
  });

  test('lets nothing of a group go on that is stopped for another reason', () => {
    const shard = parked();
    const groups = shard.groups.map((group) => ({ ...group, stopped: REFUSAL }));
    const step = applyToShardAll({ ...shard, groups }, fallen);
    expect(step.commands).toEqual([]);
    expect(step.shard.homes[1]?.paths[0]?.refusal?.code).toBe('price-above-cap');
  });
});

test('stock that is not to be remembered as sold out is asked for again by the next chunk', () => {
  const rules = { ...SHARD_RULES, soldOutMemoryMs: 0 };
  const soldOut = toRefused(1, 'g0/2-3', 'capacity');
  const { shard } = applyToShard(createRunning(), soldOut, { rules, nowMs: 1_000 });
  expect(shard.groups[0]).toEqual(createRunning().groups[0]);
});

test('a failed instance that no slot owns any more is not bought again', () => {
  const bought = applyToShardAll(createProvenShard([0]), START, toCreated(0, '0-1'), PASSED).shard;
  const failed = [{ id: 'r-unknown', status: 'Error' }];
  const event: ShardEvent = { type: 'readiness', home: 0, readyCount: 0, failed };
  const rules = { ...SHARD_RULES, replacementsMax: 1 };
  const { commands } = applyToShard(bought, event, { rules, nowMs: 1_000 });
  expect(listCreated(commands)).toEqual([]);
});
