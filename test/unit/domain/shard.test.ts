import type { ErrorClass } from '../../../src/domain/refusal';
import type { ShardCommand, ShardEvent } from '../../../src/domain/shard-event';
import {
  isBought,
  isInNeed,
  listPaths,
  wasEverOpen,
  type Shard,
} from '../../../src/domain/shard-state';
import { createFound, createRefusal, PROOF } from '../../support/domain-samples';
import { applyToShardAll, at, createProvenShard } from '../../support/shard-samples';

const START = { type: 'start' } as const;
const RETRY = { type: 'retry', paths: null } as const;
const PASSED = { type: 'controlled', group: 0, refusal: null } as const;

function toCreated(home: number, path: string, group = 0): ShardEvent {
  const ids = [`r-${home}a`, `r-${home}b`];
  return at(home, { type: 'created', path: `g${group}/${path}`, ids });
}

function toRefused(home: number, path: string, errorClass: ErrorClass): ShardEvent {
  return at(home, { type: 'refused', path, refusal: createRefusal(errorClass) });
}

function listCreated(commands: readonly ShardCommand[]): string[] {
  return commands.flatMap((command) => (command.type === 'create' ? [command.path] : []));
}

/** Three home chunks of one group; the first one is bought and controlled, two are in flight. */
function createRunning(): Shard {
  return applyToShardAll(createProvenShard([0, 0, 0]), START, toCreated(0, '0-1'), PASSED).shard;
}

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

describe('a gate', () => {
  /** Both chunks were refused, and so was the one slot that the search tried. */
  const gated = (): Shard =>
    applyToShardAll(
      createRunning(),
      toRefused(1, 'g0/2-3', 'quota'),
      toRefused(2, 'g0/4-5', 'quota'),
      toRefused(1, 'g0/2-2', 'quota'),
    ).shard;

  test('closes once, and searches when the answers of all calls are there', () => {
    const { shard, commands } = applyToShardAll(createRunning(), toRefused(1, 'g0/2-3', 'quota'));
    expect(commands).toEqual([]);
    expect(shard.gates).toMatchObject([{ probe: null, search: { trying: null } }]);
    expect(listPaths(shard)).toHaveLength(3);
    const second = applyToShardAll(shard, toRefused(2, 'g0/4-5', 'quota'));
    expect(listCreated(second.commands)).toEqual(['g0/2-2']);
    expect(second.shard.gates).toHaveLength(1);
  });

  test('sends one probe after a pause, the smallest path that waits', () => {
    const refused = applyToShardAll(
      createRunning(),
      toRefused(1, 'g0/2-3', 'quota'),
      toRefused(2, 'g0/4-5', 'quota'),
      toRefused(1, 'g0/2-2', 'quota'),
    );
    expect(refused.commands).toEqual([{ type: 'probeAfter', gate: 'quota', afterMs: 60_000 }]);
    const probe = applyToShardAll(refused.shard, { type: 'probeDue', gate: 'quota' });
    expect(listCreated(probe.commands)).toEqual(['g0/2-2']);
  });

  test('waits longer after a probe that was refused', () => {
    const { commands } = applyToShardAll(
      gated(),
      { type: 'probeDue', gate: 'quota' },
      toRefused(1, 'g0/2-2', 'quota'),
    );
    expect(commands).toEqual([{ type: 'probeAfter', gate: 'quota', afterMs: 120_000 }]);
  });

  test('opens after a probe that went through, two chunks at first', () => {
    const { shard, commands } = applyToShardAll(
      gated(),
      { type: 'probeDue', gate: 'quota' },
      at(1, { type: 'created', path: 'g0/2-2', ids: ['r-1'] }),
    );
    expect(shard.gates).toEqual([]);
    expect(shard.window).toBe(2);
    expect(listCreated(commands)).toEqual(['g0/3-3', 'g0/4-5']);
  });

  test('opens when its probe was in doubt and a part of it is found', () => {
    const { shard } = applyToShardAll(
      createRunning(),
      toRefused(1, 'g0/2-3', 'quota'),
      ...[toRefused(2, 'g0/4-5', 'quota'), toRefused(1, 'g0/2-2', 'quota')],
      ...[at(1, { type: 'skip', path: 'g0/2-2' }), at(1, { type: 'skip', path: 'g0/3-3' })],
      { type: 'probeDue', gate: 'quota' },
      at(2, { type: 'lost', path: 'g0/4-5' }),
      at(2, { type: 'settled', found: [createFound('r-1')], proof: PROOF }),
    );
    expect(shard.gates).toEqual([]);
  });

  test('opens when nobody waits at it any more', () => {
    const skips = ['g0/2-2', 'g0/3-3'].map((path) => at(1, { type: 'skip', path }));
    const last = at(2, { type: 'skip', path: 'g0/4-5' });
    expect(applyToShardAll(gated(), ...skips).shard.gates).toHaveLength(1);
    expect(applyToShardAll(gated(), ...skips, last).shard.gates).toEqual([]);
  });

  test.each<[string, readonly ShardEvent[]]>([
    ['is refused for another reason', [toRefused(1, 'g0/2-2', 'unknown')]],
    ['is given up', [at(1, { type: 'skip', path: 'g0/2-2' }), toRefused(1, 'g0/2-2', 'unknown')]],
  ])('waits longer when its probe %s', (_how, events) => {
    const probe = { type: 'probeDue', gate: 'quota' } as const;
    const { shard, commands } = applyToShardAll(gated(), probe, ...events);
    expect(shard.gates).toMatchObject([{ probes: 1, probe: null }]);
    expect(commands).toEqual([{ type: 'probeAfter', gate: 'quota', afterMs: 120_000 }]);
  });

  test('has one probe at a time, however often somebody asks for it', () => {
    const probe = { type: 'probeDue', gate: 'quota' } as const;
    const { shard, commands } = applyToShardAll(gated(), probe, probe, RETRY);
    expect(commands).toEqual([]);
    const creating = listPaths(shard).filter(({ path }) => path.phase === 'creating');
    expect(creating).toHaveLength(1);
  });

  test('is not probed while it searches', () => {
    const { shard, commands } = applyToShardAll(
      createRunning(),
      toRefused(1, 'g0/2-3', 'quota'),
      RETRY,
    );
    expect(commands).toEqual([]);
    expect(shard.gates).toMatchObject([{ probe: null, nextProbeAtMs: null }]);
  });

  test('sends its probe at once when an operator retries', () => {
    expect(listCreated(applyToShardAll(gated(), RETRY).commands)).toEqual(['g0/2-2']);
  });

  test('lets the probe of another gate through: two probes never wait for each other', () => {
    const single = { ...createRunning(), window: 4 };
    const { shard } = applyToShardAll(
      single,
      toRefused(1, 'g0/2-3', 'quota'),
      toRefused(2, 'g0/4-5', 'capacity'),
      toRefused(1, 'g0/2-2', 'quota'),
      toRefused(2, 'g0/4-4', 'capacity'),
    );
    const first = applyToShardAll(shard, { type: 'probeDue', gate: 'quota' });
    expect(listCreated(first.commands)).toEqual(['g0/2-2']);
    const second = applyToShardAll(
      first.shard,
      { type: 'probeDue', gate: 'capacity:0' },
      toRefused(1, 'g0/2-2', 'quota'),
    );
    expect(listCreated(second.commands)).toEqual(['g0/4-4']);
  });

  test('holds its probe back while the batch is paused', () => {
    const { commands } = applyToShardAll(
      gated(),
      { type: 'pause' },
      { type: 'probeDue', gate: 'quota' },
    );
    expect(commands).toEqual([{ type: 'probeAfter', gate: 'quota', afterMs: 60_000 }]);
  });

  test('searches later when the batch was paused meanwhile', () => {
    const { shard, commands } = applyToShardAll(
      createRunning(),
      { type: 'pause' },
      toRefused(1, 'g0/2-3', 'quota'),
      toRefused(2, 'g0/4-5', 'quota'),
    );
    expect(commands).toEqual([]);
    expect(listCreated(applyToShardAll(shard, { type: 'resume' }).commands)).toEqual(['g0/2-2']);
  });
});

describe('a halt of new creates', () => {
  const halted = { class: 'notSent', code: 'halted' } as const;
  const refuse = (home: number, path: string): ShardEvent =>
    at(home, { type: 'refused', path, refusal: halted });

  test('closes a gate for the whole shard without a search, and costs no epoch', () => {
    const { shard, commands } = applyToShardAll(createRunning(), refuse(1, 'g0/2-3'));
    expect(commands).toEqual([{ type: 'probeAfter', gate: 'halt', afterMs: 60_000 }]);
    expect(shard.homes[1]!.paths).toMatchObject([{ name: 'g0/2-3', phase: 'gated', epoch: 0 }]);
  });

  test('is asked about at the same short pause for as long as it lasts', () => {
    const probe = [{ type: 'probeDue', gate: 'halt' } as const, refuse(1, 'g0/2-3')];
    const step = applyToShardAll(
      createRunning(),
      refuse(1, 'g0/2-3'),
      refuse(2, 'g0/4-5'),
      ...probe,
      ...probe,
    );
    expect(step.commands).toEqual([{ type: 'probeAfter', gate: 'halt', afterMs: 60_000 }]);
  });

  test('is asked about again at once when an operator retries', () => {
    const { shard } = applyToShardAll(createRunning(), refuse(1, 'g0/2-3'), refuse(2, 'g0/4-5'));
    expect(listCreated(applyToShardAll(shard, RETRY).commands)).toEqual(['g0/2-3']);
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
    const phases = shard.homes.map(({ paths }) => paths.map(({ phase }) => phase).join());
    expect(phases).toEqual(['owned', 'skipped', 'creating']);
  });

  test('leaves parked what is not named', () => {
    const parked = applyToShardAll(createRunning(), toRefused(1, 'g0/2-3', 'denied')).shard;
    const { shard } = applyToShardAll(parked, { type: 'skip', paths: ['g0/4-5'] });
    expect(shard.homes[1]?.paths[0]?.phase).toBe('parked');
  });
});
