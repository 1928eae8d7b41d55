import { isQuiet, resumeShard, withContinuedProof } from '../../../src/domain/shard-carry';
import type { ShardContext, ShardStep } from '../../../src/domain/shard-event';
import { listPaths, type Shard } from '../../../src/domain/shard-state';
import { createRefusal, OLD_PROOF, PROOF } from '../../support/domain-samples';
import { applyToShardAll, at, createProvenShard, SHARD_RULES } from '../../support/shard-samples';

const DRAIN = { type: 'drain' } as const;
const SINCE = { runId: PROOF.runId, atMs: 7 };
const CONTEXT: ShardContext = { rules: SHARD_RULES, nowMs: 1_000 };

/** Three home chunks of one group, past its control, all in flight. */
function createRunning(): Shard {
  const shard = createProvenShard([0, 0, 0]);
  const groups = shard.groups.map((group) => ({ ...group, control: 'passed' as const }));
  return applyToShardAll({ ...shard, groups }, { type: 'start' }).shard;
}

function refuse(home: number, path: string, errorClass: 'quota' | 'spent') {
  return at(home, { type: 'refused', path, refusal: createRefusal(errorClass) });
}

/** Everything was refused, and so was the one slot that the search tried. */
function toSearched() {
  return [
    refuse(0, 'g0/0-1', 'quota'),
    refuse(1, 'g0/2-3', 'quota'),
    refuse(2, 'g0/4-5', 'quota'),
    refuse(0, 'g0/0-0', 'quota'),
  ];
}

function resume(shard: Shard, nowMs = 1_000): ShardStep {
  // What is carried goes through a payload.
  return resumeShard(JSON.parse(JSON.stringify(shard)) as Shard, { ...CONTEXT, nowMs });
}

describe('a draining shard', () => {
  test('sends nothing new, and its next run does', () => {
    const { shard, commands } = applyToShardAll(
      createRunning(),
      DRAIN,
      refuse(0, 'g0/0-1', 'spent'),
    );
    expect(commands).toEqual([]);
    expect(resume(shard).commands).toMatchObject([{ type: 'create', path: 'g0/0-1' }]);
  });

  test('is quiet when the answer of every create is there', () => {
    const draining = applyToShardAll(createRunning(), DRAIN, refuse(0, 'g0/0-1', 'spent')).shard;
    expect(isQuiet(draining)).toBe(false);
    const lost = at(1, { type: 'lost', path: 'g0/2-3' });
    const last = at(2, {
      type: 'notExecuted',
      path: 'g0/4-5',
      refusal: createRefusal('transient'),
    });
    expect(isQuiet(applyToShardAll(draining, lost, last).shard)).toBe(true);
  });

  test('is not quiet while the control of a group runs', () => {
    const created = at(0, { type: 'created', path: 'g0/0-1', ids: ['r-1', 'r-2'] });
    const { shard } = applyToShardAll(createProvenShard([0]), { type: 'start' }, created, DRAIN);
    expect(isQuiet(shard)).toBe(false);
    const passed = { type: 'controlled', group: 0, refusal: null } as const;
    expect(isQuiet(applyToShardAll(shard, passed).shard)).toBe(true);
  });

  test('is not quiet while one group of several is controlled, or one path of several is made', () => {
    const shard = createProvenShard([0, 1]);
    const [first, second] = shard.groups;
    const running = { ...first!, control: 'running' as const };
    expect(isQuiet({ ...shard, groups: [running, second!] })).toBe(false);
    const { shard: halves } = applyToShardAll(
      { ...shard, isPaused: true },
      at(0, { type: 'split', path: 'g0/0-1' }),
      at(0, { type: 'schedule', path: 'g0/0-0' }),
    );
    expect(isQuiet(halves)).toBe(false);
  });

  test('keeps a probe that is due for its next run, which sends it at once', () => {
    const { shard, commands } = applyToShardAll(createRunning(), ...toSearched(), DRAIN, {
      type: 'probeDue',
      gate: 'quota',
    });
    expect(commands).toEqual([]);
    expect(resume(shard).commands).toEqual([{ type: 'probeAfter', gate: 'quota', afterMs: 0 }]);
  });
});

describe('a resumed shard', () => {
  test('settles anew at once what was resting, so that the wait is one of this run', () => {
    const { shard } = applyToShardAll(
      createRunning(),
      DRAIN,
      at(0, { type: 'unsettled', path: 'g0/0-1', since: SINCE, waitMs: 9, refusal: null }),
    );
    expect(resume(shard).commands).toEqual([{ type: 'settle', home: 0, afterMs: 0 }]);
  });

  test('pauses again where a path was backing off', () => {
    const { shard } = applyToShardAll(
      createRunning(),
      DRAIN,
      at(0, { type: 'notExecuted', path: 'g0/0-1', refusal: createRefusal('transient') }),
    );
    expect(resume(shard).commands).toEqual([
      { type: 'backOff', home: 0, path: 'g0/0-1', afterMs: 1_000 },
    ]);
  });

  test('waits out what remains until the next probe of a gate', () => {
    const { shard } = applyToShardAll(createRunning(), ...toSearched(), DRAIN);
    expect(resume(shard, 31_000).commands).toEqual([
      { type: 'probeAfter', gate: 'quota', afterMs: 30_000 },
    ]);
    expect(resume(shard, 99_000).commands).toMatchObject([{ afterMs: 0 }]);
  });

  test('follows the probe that was refused while the old run drained', () => {
    const { shard } = applyToShardAll(
      createRunning(),
      ...toSearched(),
      { type: 'probeDue', gate: 'quota' },
      DRAIN,
      refuse(0, 'g0/0-0', 'quota'),
    );
    expect(resume(shard).commands).toEqual([
      { type: 'probeAfter', gate: 'quota', afterMs: 120_000 },
    ]);
  });

  test('settles everything first when its run could not continue the proof, each home chunk once', () => {
    const { shard } = applyToShardAll(
      createRunning(),
      DRAIN,
      at(0, { type: 'lost', path: 'g0/0-1' }),
      refuse(1, 'g0/2-3', 'spent'),
      refuse(2, 'g0/4-5', 'quota'),
    );
    const step = resumeShard(shard, CONTEXT, { doubt: { since: SINCE, waitMs: 500 } });
    expect(step.commands).toEqual([
      { type: 'settle', home: 0, afterMs: 0 },
      { type: 'settle', home: 1, afterMs: 500 },
      { type: 'settle', home: 2, afterMs: 500 },
      { type: 'probeAfter', gate: 'quota', afterMs: 60_000 },
    ]);
  });

  test('goes on with the search of a gate that closed while the old run drained', () => {
    const { shard, commands } = applyToShardAll(
      createRunning(),
      DRAIN,
      refuse(0, 'g0/0-1', 'quota'),
      refuse(1, 'g0/2-3', 'quota'),
      refuse(2, 'g0/4-5', 'quota'),
    );
    expect(commands).toEqual([]);
    expect(resume(shard).commands).toMatchObject([{ type: 'create', path: 'g0/0-0' }]);
  });
});

test('a continued proof renames only what the run before had proven, owned slots too', () => {
  const owned = at(0, { type: 'created', path: 'g0/0-1', ids: ['r-1', 'r-2'] });
  const { shard } = applyToShardAll(createRunning(), owned);
  const stale = shard.homes.with(1, {
    ...shard.homes[1]!,
    paths: shard.homes[1]!.paths.map((path) => ({ ...path, proof: OLD_PROOF })),
  });
  const next = { runId: 'next-run' };
  const unproven = shard.homes[2]!.paths.map((path) => ({ ...path, proof: null }));
  const bare = shard.homes.with(2, { ...shard.homes[2]!, paths: unproven });
  const [, , path] = listPaths(withContinuedProof({ ...shard, homes: bare }, PROOF, next));
  expect(path?.path.proof).toBeNull();
  const proofs = listPaths(withContinuedProof({ ...shard, homes: stale }, PROOF, next));
  expect(proofs.map(({ path }) => path.proof)).toEqual([next, OLD_PROOF, next]);
});

test('a problem that another shard met holds all new calls until a retry', () => {
  const held = applyToShardAll(
    createRunning(),
    { type: 'hold', refusal: createRefusal('account') },
    refuse(0, 'g0/0-1', 'spent'),
  );
  expect(held.commands).toEqual([]);
  const retried = applyToShardAll(held.shard, { type: 'retry', paths: null });
  expect(retried.commands).toMatchObject([{ type: 'create', path: 'g0/0-1' }]);
});
