import type { ShardEvent } from '../../../src/domain/shard-event';
import {
  getHome,
  isBought,
  isInNeed,
  wasEverOpen,
  type Shard,
} from '../../../src/domain/shard-state';
import { createFound, createRefusal, PROOF } from '../../support/domain-samples';
import {
  applyToShardAll,
  at,
  createProvenShard,
  createRunning,
  listCreated,
  listPhases,
  PASSED,
  RETRY,
  START,
  toCreated,
  toRefused,
} from '../../support/shard-samples';

describe("a group's first chunk", () => {
  test('goes alone', () => {
    const { commands } = applyToShardAll(createProvenShard([0, 0, 1]), START);
    expect(listCreated(commands)).toEqual(['g0/0-1', 'g1/0-1']);
  });

  test('is controlled by name before the next one goes', () => {
    const { commands } = applyToShardAll(createProvenShard([0, 0]), START, toCreated(0, '0-1'));
    expect(commands).toEqual([
      { type: 'awaitReady', home: 0, path: 'g0/0-1', ids: ['r-0a', 'r-0b'] },
      { type: 'control', group: 0, home: 0, ids: ['r-0a', 'r-0b'] },
    ]);
  });

  test('holds the end of the batch while its control runs, though nothing is left to buy', () => {
    const bought = applyToShardAll(createProvenShard([0]), START, toCreated(0, '0-1')).shard;
    expect(isBought(bought)).toBe(false);
    expect(isBought(applyToShardAll(bought, PASSED).shard)).toBe(true);
  });

  test('opens the way for the others once its control has passed', () => {
    const { commands } = applyToShardAll(
      createProvenShard([0, 0, 0]),
      START,
      toCreated(0, '0-1'),
      PASSED,
    );
    expect(listCreated(commands)).toEqual(['g0/2-3', 'g0/4-5']);
  });

  test('parks the rest of the group when the search does not find it', () => {
    const refusal = createRefusal('foreign');
    const failed = { type: 'controlled', group: 0, refusal } as const;
    const step = applyToShardAll(createProvenShard([0, 0]), START, toCreated(0, '0-1'), failed);
    expect(step.shard.homes[1]!.paths[0]).toMatchObject({ phase: 'parked', refusal });
    expect(step.commands).toEqual([]);
    const again = applyToShardAll(step.shard, RETRY);
    expect(again.commands).toMatchObject([{ type: 'control', ids: ['r-0a', 'r-0b'] }]);
    expect(listCreated(applyToShardAll(again.shard, PASSED).commands)).toEqual(['g0/2-3']);
  });

  test('needs no control when a settle has found it by its name', () => {
    const found = ['r-1', 'r-2'].map((id) => ({ id, isHealthy: true, isOurs: true }));
    const { shard, commands } = applyToShardAll(
      createProvenShard([0, 0]),
      START,
      at(0, { type: 'lost', path: 'g0/0-1' }),
      at(0, { type: 'settled', found, proof: PROOF }),
    );
    expect(shard.groups[0]!.control).toBe('passed');
    expect(listCreated(commands)).toEqual(['g0/2-3']);
  });
});

test('a wrong spec parks the rest of its group, and other groups go on', () => {
  const { shard } = applyToShardAll(
    createProvenShard([0, 0, 1]),
    START,
    toRefused(0, 'g0/0-1', 'invalid'),
  );
  expect(shard.homes.map(({ paths }) => paths[0]!.phase)).toEqual(['parked', 'parked', 'creating']);
});

test('a retry lets a stopped group go on, its first chunk alone again', () => {
  const { commands } = applyToShardAll(
    createProvenShard([0, 0]),
    START,
    toRefused(0, 'g0/0-1', 'invalid'),
    RETRY,
  );
  expect(listCreated(commands)).toEqual(['g0/0-1']);
});

test('a problem of the account holds all new calls until a retry', () => {
  const { shard } = applyToShardAll(createRunning(), toRefused(1, 'g0/2-3', 'account'));
  expect(isInNeed(shard)).toBe(true);
  const other = applyToShardAll(shard, toRefused(2, 'g0/4-5', 'spent'));
  expect(other.commands).toEqual([]);
  const retried = applyToShardAll(other.shard, RETRY);
  expect(listCreated(retried.commands)).toEqual(['g0/2-3', 'g0/4-5']);
});

test('a retry of one path leaves the other parked ones alone', () => {
  const parked = applyToShardAll(
    createRunning(),
    toRefused(1, 'g0/2-3', 'unknown'),
    toRefused(2, 'g0/4-5', 'unknown'),
  ).shard;
  const { shard, commands } = applyToShardAll(parked, { type: 'retry', paths: ['g0/4-5'] });
  expect(listCreated(commands)).toEqual(['g0/4-5']);
  expect(shard.homes[1]!.paths[0]!.phase).toBe('parked');
});

test('a paused batch sends nothing, and goes on when it is resumed', () => {
  const paused = applyToShardAll(createRunning(), { type: 'pause' });
  const spent = applyToShardAll(paused.shard, toRefused(1, 'g0/2-3', 'spent'));
  expect(spent.commands).toEqual([]);
  expect(listCreated(applyToShardAll(spent.shard, { type: 'resume' }).commands)).toEqual([
    'g0/2-3',
  ]);
});

test('a run in doubt settles everything before it sends anything', () => {
  const since = { runId: 'this-run', atMs: 5 };
  const { commands } = applyToShardAll(createProvenShard([0, 1]), {
    type: 'doubt',
    since,
    waitMs: 7_000,
  });
  expect(commands).toEqual([
    { type: 'settle', home: 0, afterMs: 7_000 },
    { type: 'settle', home: 1, afterMs: 7_000 },
  ]);
});

describe('the end', () => {
  const ending = { as: 'parked', refusal: createRefusal('unknown') } as const;

  test('waits for what is in flight, and stops the rest', () => {
    const { shard } = applyToShardAll(createRunning(), { type: 'end', ending });
    expect(isBought(shard)).toBe(false);
    const done = applyToShardAll(shard, toCreated(1, '2-3'), toRefused(2, 'g0/4-5', 'quota'));
    expect(isBought(done.shard)).toBe(true);
    expect(done.commands).toEqual([]);
  });

  test('makes the audit compare sets', () => {
    expect(wasEverOpen(createRunning())).toBe(false);
    expect(wasEverOpen(applyToShardAll(createRunning(), { type: 'end', ending }).shard)).toBe(true);
  });
});

describe('instances that the closing audit finds and no slot owns', () => {
  const ending = { as: 'parked', refusal: createRefusal('unknown') } as const;
  const since = { runId: 'this-run', atMs: 5 };
  const toUnowned = (shard: Shard, ...homes: number[]): ShardEvent => {
    const names = homes.map((home) => getHome(shard, home).name);
    return { type: 'unowned', names, since };
  };
  /** Its first chunk is bought, the other two were given up. */
  const createGivenUp = (as: 'parked' | 'skipped' = 'parked'): Shard =>
    applyToShardAll(
      createRunning(),
      { type: 'end', ending: { ...ending, as } },
      toRefused(1, 'g0/2-3', 'quota'),
      toRefused(2, 'g0/4-5', 'quota'),
    ).shard;

  test('are looked for once more where a slot of their name is empty', () => {
    const shard = createGivenUp();
    const offered = applyToShardAll(shard, toUnowned(shard, 0, 1));
    expect(offered.commands).toEqual([{ type: 'settle', home: 1, afterMs: 0 }]);
    expect(getHome(offered.shard, 1).since).toEqual(since);
    expect(isBought(offered.shard)).toBe(false);
  });

  test('fill that slot, and nothing is sent for what is left of it', () => {
    const shard = createGivenUp();
    const settled = at(1, { type: 'settled', found: [createFound('r-1a')], proof: PROOF });
    const { shard: filled, commands } = applyToShardAll(shard, toUnowned(shard, 1), settled);
    expect(listPhases(filled)).toEqual(['owned', 'owned,parked', 'parked']);
    expect(commands).toEqual([{ type: 'awaitReady', home: 1, path: 'g0/2-2', ids: ['r-1a'] }]);
    expect(isBought(filled)).toBe(true);
  });

  test('are not forced on a slot that somebody gave up', () => {
    const shard = createGivenUp('skipped');
    expect(applyToShardAll(shard, toUnowned(shard, 1)).commands).toEqual([]);
  });

  test('are looked for in a run that was to be continued and came to its end', () => {
    const shard = applyToShardAll(createGivenUp(), { type: 'drain' }).shard;
    expect(applyToShardAll(shard, toUnowned(shard, 1)).shard.isDraining).toBe(false);
  });
});

test('a shard is bought when every path is owned or skipped, and nothing is parked', () => {
  const all = applyToShardAll(createRunning(), toCreated(1, '2-3'), toCreated(2, '4-5')).shard;
  expect(isBought(all)).toBe(true);
  const parked = applyToShardAll(
    createRunning(),
    toCreated(1, '2-3'),
    toRefused(2, 'g0/4-5', 'unknown'),
  ).shard;
  expect(isBought(parked)).toBe(false);
});

describe('a limit of calls in flight that an operator sets', () => {
  const limit = (chunksInFlight: number): ShardEvent => ({ type: 'concurrency', chunksInFlight });

  test('holds for what is sent from then on', () => {
    const { shard } = applyToShardAll(createRunning(), limit(1));
    expect(shard).toMatchObject({ concurrency: 1, window: 1 });
    const next = applyToShardAll(shard, toCreated(1, '2-3'));
    expect(listCreated(next.commands)).toEqual([]);
    expect(applyToShardAll(shard, limit(30)).shard).toMatchObject({ window: 30 });
  });

  test('does not widen the window that a closed gate has narrowed', () => {
    const gated = applyToShardAll(createRunning(), toRefused(1, 'g0/2-3', 'quota')).shard;
    expect(applyToShardAll(gated, limit(30)).shard).toMatchObject({ concurrency: 30, window: 1 });
  });
});

describe('a skip', () => {
  test('gives up what is parked, and nothing else', () => {
    const parked = applyToShardAll(createRunning(), toRefused(1, 'g0/2-3', 'denied')).shard;
    const { shard } = applyToShardAll(parked, { type: 'skip', paths: null });
    expect(listPhases(shard)).toEqual(['owned', 'skipped', 'creating']);
  });

  test('leaves parked what is not named', () => {
    const parked = applyToShardAll(createRunning(), toRefused(1, 'g0/2-3', 'denied')).shard;
    const { shard } = applyToShardAll(parked, { type: 'skip', paths: ['g0/4-5'] });
    expect(shard.homes[1]?.paths[0]?.phase).toBe('parked');
  });
});
