import { createGate, type Gate } from '../../../src/domain/gate';
import { isBuyingAtRest, listSchedulable } from '../../../src/domain/shard-schedule';
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

test('nothing goes while more are in flight than a narrowed window has room for', () => {
  const { shard } = applyToShardAll(createControlled([0, 0, 0, 0, 0], { window: 2 }), {
    type: 'start',
  });
  expect(listSchedulable({ ...shard, window: 1 })).toEqual([]);
});

test('nothing of a stopped group goes', () => {
  const shard = createControlled([0, 1]);
  const [first, second] = shard.groups;
  const stopped = { ...first!, stopped: createRefusal('invalid') };
  const places = listSchedulable({ ...shard, groups: [stopped, second!] });
  expect(places).toEqual([{ home: 1, path: 'g1/0-1' }]);
});

test.each(['running', 'failed'] as const)('nothing goes while the control is %s', (control) => {
  const shard = createControlled([0, 0]);
  const groups = shard.groups.map((group) => ({ ...group, control }));
  expect(listSchedulable({ ...shard, groups })).toEqual([]);
});

describe("a group's first chunk", () => {
  /** Two home chunks before the control; the first one is split, and parts of it are given up. */
  function createSkipped(...names: readonly string[]): Shard {
    const split = at(0, { type: 'split', path: 'g0/0-1' });
    const skips = names.map((path) => at(0, { type: 'skip', path }));
    const paused = { ...createProvenShard([0, 0]), isPaused: true };
    return { ...applyToShardAll(paused, split, ...skips).shard, isPaused: false };
  }

  test('is the next one when it is given up as a whole', () => {
    const places = listSchedulable(createSkipped('g0/0-0', 'g0/1-1'));
    expect(places).toEqual([{ home: 1, path: 'g0/2-3' }]);
  });

  test('is what is left of it when a part is given up', () => {
    expect(listSchedulable(createSkipped('g0/0-0'))).toEqual([{ home: 0, path: 'g0/1-1' }]);
  });
});

describe('a closed gate', () => {
  function createClosed(group: number, probe: Gate['probe']): Gate {
    return { ...createGate(createRefusal('capacity'), { group, count: 2 }, 0), probe };
  }

  test('lets nothing of its group through, and all of the others', () => {
    const shard = createControlled([0, 1], { gates: [createClosed(1, null)] });
    expect(listSchedulable(shard)).toEqual([{ home: 0, path: 'g0/0-1' }]);
  });

  test('lets its probe through, and that before all others', () => {
    const { shard } = applyToShardAll(
      createControlled([0, 0, 1], { isPaused: true }),
      at(2, { type: 'split', path: 'g1/0-1' }),
    );
    const gates = [createClosed(7, null), createClosed(1, { home: 2, path: 'g1/1-1' })];
    const places = listSchedulable({ ...shard, gates, window: 1, isPaused: false });
    expect(places).toEqual([{ home: 2, path: 'g1/1-1' }]);
  });
});

describe('buying', () => {
  const parked = at(0, { type: 'park', path: 'g0/0-1', refusal: createRefusal('unknown') });
  const other = at(1, { type: 'park', path: 'g0/2-3', refusal: createRefusal('unknown') });

  /** Everything waits for a person. */
  function createParked(): Shard {
    const shard = createControlled([0, 0], { isPaused: true });
    return { ...applyToShardAll(shard, parked, other).shard, isPaused: false };
  }

  test('is at rest when all that is left is parked', () => {
    expect(isBuyingAtRest(createParked())).toBe(true);
  });

  test('is not while something is in flight, is due, or may be sent', () => {
    const planned = createControlled([0, 0]);
    const sent = applyToShardAll(planned, { type: 'start' }).shard;
    const refusal = createRefusal('throttled');
    const paused = at(1, { type: 'notExecuted', path: 'g0/2-3', refusal });
    const due = applyToShardAll(
      sent,
      at(0, { type: 'refused', path: 'g0/0-1', refusal: createRefusal('unknown') }),
      paused,
    );
    expect([planned, sent, due.shard].map(isBuyingAtRest)).toEqual([false, false, false]);
  });

  test('is not while a control runs or a gate is closed', () => {
    const shard = createParked();
    const [group] = shard.groups;
    const running = {
      ...shard,
      groups: [group!, { ...group!, group: 1, control: 'running' as const }],
    };
    const gate = createGate(createRefusal('quota'), { group: 0, count: 2 }, 0);
    expect(isBuyingAtRest(running)).toBe(false);
    expect(isBuyingAtRest({ ...shard, gates: [gate] })).toBe(false);
  });
});
