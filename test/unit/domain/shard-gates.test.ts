import type { ShardEvent } from '../../../src/domain/shard-event';
import { listPaths } from '../../../src/domain/shard-state';
import { createFound, PROOF } from '../../support/domain-samples';
import {
  applyToShardAll,
  at,
  createGated,
  createRunning,
  listCreated,
  RETRY,
  toRefused,
} from '../../support/shard-samples';

describe('a gate', () => {
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
      createGated(),
      { type: 'probeDue', gate: 'quota' },
      toRefused(1, 'g0/2-2', 'quota'),
    );
    expect(commands).toEqual([{ type: 'probeAfter', gate: 'quota', afterMs: 120_000 }]);
  });

  test('opens after a probe that went through, two chunks at first', () => {
    const { shard, commands } = applyToShardAll(
      createGated(),
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
    expect(applyToShardAll(createGated(), ...skips).shard.gates).toHaveLength(1);
    expect(applyToShardAll(createGated(), ...skips, last).shard.gates).toEqual([]);
  });

  test.each<[string, readonly ShardEvent[]]>([
    ['is refused for another reason', [toRefused(1, 'g0/2-2', 'unknown')]],
    ['is given up', [at(1, { type: 'skip', path: 'g0/2-2' }), toRefused(1, 'g0/2-2', 'unknown')]],
  ])('waits longer when its probe %s', (_how, events) => {
    const probe = { type: 'probeDue', gate: 'quota' } as const;
    const { shard, commands } = applyToShardAll(createGated(), probe, ...events);
    expect(shard.gates).toMatchObject([{ probes: 1, probe: null }]);
    expect(commands).toEqual([{ type: 'probeAfter', gate: 'quota', afterMs: 120_000 }]);
  });

  test('has one probe at a time, however often somebody asks for it', () => {
    const probe = { type: 'probeDue', gate: 'quota' } as const;
    const { shard, commands } = applyToShardAll(createGated(), probe, probe, RETRY);
    expect(commands).toEqual([]);
    const creating = listPaths(shard).filter(({ path }) => path.phase === 'creating');
    expect(creating.map(({ path }) => path.name)).toEqual(['g0/2-2']);
    expect(shard.gates[0]?.probe?.path).toBe('g0/2-2');
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
    expect(listCreated(applyToShardAll(createGated(), RETRY).commands)).toEqual(['g0/2-2']);
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

  test('opens alone: another one stays closed', () => {
    const { shard } = applyToShardAll(
      createRunning(),
      toRefused(1, 'g0/2-3', 'quota'),
      toRefused(2, 'g0/4-5', 'capacity'),
      toRefused(1, 'g0/2-2', 'quota'),
      toRefused(2, 'g0/4-4', 'capacity'),
      { type: 'probeDue', gate: 'capacity:0' },
      at(2, { type: 'created', path: 'g0/4-4', ids: ['r-4'] }),
    );
    expect(shard.gates).toMatchObject([{ cause: 'quota' }]);
  });

  test('has a probe chosen even when all that wait there have to wait for their turn', () => {
    const skips = at(2, { type: 'skip', path: 'g0/4-5' });
    const probe = { type: 'probeDue', gate: 'quota' } as const;
    const busy = applyToShardAll(
      createGated(),
      ...[skips, probe, toRefused(1, 'g0/2-2', 'capacity')],
      ...[probe, { type: 'probeDue', gate: 'capacity:0' } as const],
    );
    expect(busy.commands).toEqual([]);
    const bought = at(1, { type: 'created', path: 'g0/3-3', ids: ['r-3'] });
    expect(listCreated(applyToShardAll(busy.shard, bought).commands)).toEqual(['g0/2-2']);
  });

  test('prefers a path whose home chunk may send to a smaller one that would have to wait', () => {
    const probe = { type: 'probeDue', gate: 'quota' } as const;
    const { shard } = applyToShardAll(
      createGated(),
      ...[probe, toRefused(1, 'g0/2-2', 'capacity')],
      ...[{ type: 'probeDue', gate: 'capacity:0' } as const, probe],
    );
    const probed = shard.gates.map((gate) => [gate.cause, gate.probe?.path]);
    expect(probed).toEqual([
      ['quota', 'g0/4-5'],
      ['capacity', 'g0/2-2'],
    ]);
  });

  test('holds its probe back while the batch is paused', () => {
    const { commands } = applyToShardAll(
      createGated(),
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
