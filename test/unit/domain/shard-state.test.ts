import { createHomeChunk, type ChunkPath } from '../../../src/domain/home-chunk-state';
import {
  createShard,
  getGroup,
  getHome,
  isBought,
  isInNeed,
  listPaths,
  wasEverOpen,
  withProof,
  type Shard,
} from '../../../src/domain/shard-state';
import { createFound, createRefusal, OLD_PROOF, PROOF } from '../../support/domain-samples';
import {
  applyToShardAll,
  at,
  createProvenShard,
  createRunning,
  listPhases,
  PASSED,
  SHARD_RULES,
  START,
  toCreated,
  toRefused,
} from '../../support/shard-samples';

const SINCE = { runId: PROOF.runId, atMs: 5 };

/** The shard, with other fields in the one path of this home chunk. */
function withPath(shard: Shard, index: number, change: Partial<ChunkPath>): Shard {
  const homes = shard.homes.map((home) =>
    home.index === index
      ? { ...home, paths: home.paths.map((path) => ({ ...path, ...change })) }
      : home,
  );
  return { ...shard, homes };
}

/** Only its paths tell whether anything was ever in doubt. */
function withoutFlags(shard: Shard): Shard {
  return { ...shard, homes: shard.homes.map((home) => ({ ...home, wasOpen: false })) };
}

/** Three home chunks, all bought at the first try. */
function createBought(): Shard {
  return applyToShardAll(createRunning(), toCreated(1, '2-3'), toCreated(2, '4-5')).shard;
}

/**
 * No run of the simulator needs this memory: within what is assumed, a settle has seen all that nobody
 * owns. It is there for what arrives later than anything assumed.
 */
describe('an outcome was in doubt', () => {
  test('never, where every call was answered', () => {
    expect(wasEverOpen(createBought())).toBe(false);
  });

  test('also when a settle has long brought it to light, and all of it is bought', () => {
    const { shard } = applyToShardAll(
      createRunning(),
      toCreated(1, '2-3'),
      at(2, { type: 'lost', path: 'g0/4-5' }),
      at(2, { type: 'settled', found: [createFound('r-1'), createFound('r-2')], proof: PROOF }),
    );
    expect(listPhases(shard)).toEqual(['owned', 'owned', 'owned']);
    expect(isBought(shard)).toBe(true);
    expect(wasEverOpen(shard)).toBe(true);
  });

  test('when the run began in doubt, though every settle has found its instances', () => {
    const settled = (home: number) => {
      const found = [createFound(`r-${home}a`), createFound(`r-${home}b`)];
      return at(home, { type: 'settled', found, proof: PROOF });
    };
    const { shard } = applyToShardAll(
      createProvenShard([0, 0]),
      { type: 'doubt', since: SINCE, waitMs: 7_000 },
      settled(0),
      settled(1),
    );
    expect(listPhases(shard)).toEqual(['owned', 'owned']);
    expect(wasEverOpen(shard)).toBe(true);
  });

  test('when a slot was skipped', () => {
    const refused = applyToShardAll(createRunning(), toRefused(2, 'g0/4-5', 'denied')).shard;
    expect(wasEverOpen(refused)).toBe(false);
    const { shard } = applyToShardAll(refused, { type: 'skip', paths: null });
    expect(shard.ending).toBeNull();
    expect(wasEverOpen(shard)).toBe(true);
  });

  test.each([0, 2])('when only the skipped path of home chunk %i tells of it', (home) => {
    expect(wasEverOpen(withPath(createBought(), home, { phase: 'skipped' }))).toBe(true);
  });

  test('when one path of many was skipped', () => {
    const split = at(2, { type: 'split', path: 'g0/4-5' });
    const planned = createProvenShard([0, 0, 0]);
    const { shard } = applyToShardAll(planned, split, at(2, { type: 'skip', path: 'g0/4-4' }));
    expect(listPhases(shard)).toEqual(['creating', 'planned', 'skipped,planned']);
    expect(wasEverOpen(withoutFlags(shard))).toBe(true);
  });

  test('when everything was brought to an end', () => {
    const ending = { as: 'parked', refusal: createRefusal('unknown') } as const;
    expect(wasEverOpen({ ...createBought(), ending })).toBe(true);
  });
});

describe('the proof of a first run', () => {
  const toProofs = (shard: Shard) => listPaths(shard).map(({ path }) => path.proof?.runId);

  test('is given to every planned path', () => {
    const bare = withPath(createProvenShard([0, 0]), 0, { proof: null });
    expect(toProofs(withProof(withPath(bare, 1, { proof: null }), PROOF))).toEqual([
      PROOF.runId,
      PROOF.runId,
    ]);
  });

  test.each(['owned', 'parked', 'settling', 'creating', 'gated', 'backingOff', 'skipped'] as const)(
    'is not given to a path that is %s: what it may have bought is not proven by it',
    (phase) => {
      const shard = withPath(createProvenShard([0, 0]), 1, { phase, proof: OLD_PROOF });
      expect(toProofs(withProof(shard, PROOF))).toEqual([PROOF.runId, OLD_PROOF.runId]);
    },
  );

  test('changes nothing else', () => {
    const shard = createRunning();
    expect(withProof(shard, PROOF)).toEqual(shard);
  });
});

describe('a new shard', () => {
  const toHome = (index: number, group: number) =>
    createHomeChunk({
      ...{ index, group, groupName: `g${group}`, name: `g${group}-aaaaaaaaaa-s0000c000${index}` },
      ...{ from: 0, count: 2 },
    });

  test('knows the groups of its home chunks only, each with its placements, and has sent nothing', () => {
    const homes = [toHome(0, 1), toHome(1, 1), toHome(2, 3)];
    const group = { control: 'pending', stopped: null, soldOut: [] };
    expect(createShard(homes, [7, 2], SHARD_RULES)).toEqual({
      homes,
      groups: [
        { ...group, group: 1, placementCount: 2 },
        { ...group, group: 3, placementCount: 1 },
      ],
      gates: [],
      hold: null,
      isPaused: false,
      isDraining: false,
      ending: null,
      concurrency: 4,
      window: 4,
    });
  });

  test('gives what is asked for by its index, and says which is not there', () => {
    const shard = createShard([toHome(0, 1), toHome(1, 2)], [1, 1, 1], SHARD_RULES);
    expect(getGroup(shard, 2).group).toBe(2);
    expect(() => getGroup(shard, 0)).toThrow('no group 0 in this shard');
    expect(getHome(shard, 1).index).toBe(1);
    expect(() => getHome(shard, 2)).toThrow('no home chunk 2 in this shard');
  });
});

describe('a shard is bought', () => {
  test('not before its control is over', () => {
    const first = applyToShardAll(createProvenShard([0]), START, toCreated(0, '0-1')).shard;
    expect(isBought(first)).toBe(false);
    expect(isBought(applyToShardAll(first, PASSED).shard)).toBe(true);
  });

  test('not before the control of each of its groups is over', () => {
    const groups = applyToShardAll(createProvenShard([0, 1]), START, PASSED);
    const { shard } = applyToShardAll(groups.shard, toCreated(0, '0-1'), toCreated(1, '0-1', 1));
    expect(listPhases(shard)).toEqual(['owned', 'owned']);
    expect(isBought(shard)).toBe(false);
  });

  test('not while one path of a home chunk is open, and the other one is owned', () => {
    const shard = applyToShardAll(
      createRunning(),
      toCreated(1, '2-3'),
      { type: 'pause' },
      at(2, { type: 'lost', path: 'g0/4-5' }),
      at(2, { type: 'settled', found: [createFound('r-1')], proof: PROOF }),
    ).shard;
    expect(listPhases(shard)).toEqual(['owned', 'owned', 'owned,planned']);
    expect(isBought(shard)).toBe(false);
  });

  const UNFINISHED = ['planned', 'backingOff', 'gated', 'creating', 'settling'] as const;

  test.each([...UNFINISHED, 'parked'] as const)('not while a path is %s', (phase) => {
    expect(isBought(withPath(createBought(), 1, { phase }))).toBe(false);
  });

  test.each(UNFINISHED)('not while a path is %s, also when the batch is ending', (phase) => {
    const ending = { as: 'parked', refusal: createRefusal('unknown') } as const;
    expect(isBought(withPath({ ...createBought(), ending }, 1, { phase }))).toBe(false);
  });

  test('not while a settle is under way, whatever its paths are', () => {
    const shard = createBought();
    const homes = shard.homes.map((home) => ({ ...home, isSettling: home.index === 1 }));
    expect(isBought({ ...shard, homes })).toBe(false);
  });

  test('when a path is skipped', () => {
    expect(isBought(withPath(createBought(), 1, { phase: 'skipped' }))).toBe(true);
  });

  test('when a path is parked for good, since the batch is ending', () => {
    const ending = { as: 'parked', refusal: createRefusal('unknown') } as const;
    expect(isBought(withPath({ ...createBought(), ending }, 1, { phase: 'parked' }))).toBe(true);
  });
});

describe('a shard needs somebody', () => {
  test('not while it goes on by itself', () => {
    expect(isInNeed(createRunning())).toBe(false);
  });

  test('when a path is parked', () => {
    expect(isInNeed(withPath(createBought(), 2, { phase: 'parked' }))).toBe(true);
  });

  test('when the account has a problem', () => {
    expect(isInNeed({ ...createBought(), hold: createRefusal('denied') })).toBe(true);
  });
});
