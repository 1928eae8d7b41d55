import { AddressRoom } from '../../../src/domain/address-pools';
import { createGate } from '../../../src/domain/gate';
import type { HomeEvent } from '../../../src/domain/home-event';
import { applyToShard } from '../../../src/domain/shard';
import { createHomeChunk } from '../../../src/domain/home-chunk-state';
import type { ShardEvent, ShardStep } from '../../../src/domain/shard-event';
import {
  createShard,
  listPaths,
  type PathPlace,
  type Shard,
} from '../../../src/domain/shard-state';
import { isCapacityKnown, listPassedOver, toDetour, withStock } from '../../../src/domain/sold-out';
import { createRefusal, PROOF } from '../../support/domain-samples';
import { at, SHARD_RULES } from '../../support/shard-samples';

const START = { type: 'start' } as const;

/** Chunks of one slot with two placements, past their control, one in flight at a time. */
function createControlled(homeCount: number): Shard {
  const homes = Array.from({ length: homeCount }, (_, index) => {
    const name = `g-aaaaaaaaaa-s0000c000${index}`;
    const home = createHomeChunk({ index, group: 0, groupName: 'g', name, from: index, count: 1 });
    return { ...home, paths: home.paths.map((path) => ({ ...path, proof: PROOF })) };
  });
  const shard = createShard(homes, [2], { ...SHARD_RULES, chunksInFlight: 1 });
  return { ...shard, groups: shard.groups.map((group) => ({ ...group, control: 'passed' })) };
}

function apply(shard: Shard, nowMs: number, ...events: readonly ShardEvent[]): ShardStep {
  return events.reduce<ShardStep>(
    (step, event) => {
      const context = { rules: { ...SHARD_RULES, chunksInFlight: 1 }, nowMs };
      return applyToShard(step.shard, event, context);
    },
    { shard, commands: [] },
  );
}

function soldOut(home: number): ShardEvent {
  return at(home, {
    type: 'refused',
    path: `g/${home}-${home}`,
    refusal: createRefusal('capacity'),
  });
}

function created(home: number): ShardEvent {
  return at(home, { type: 'created', path: `g/${home}-${home}`, ids: [`r-${home}`] });
}

function listPlaces({ shard }: ShardStep): (string | number)[][] {
  return listPaths(shard).map(({ path }) => [path.phase, path.placement]);
}

test('a placement that was sold out is passed over by the next chunks without a call', () => {
  const step = apply(createControlled(2), 1_000, START, soldOut(0), created(0));
  expect(listPlaces(step)).toEqual([
    ['owned', 1],
    ['creating', 1],
  ]);
});

test('a placement is asked again when its memory has faded', () => {
  const { shard } = apply(createControlled(2), 1_000, START, soldOut(0));
  expect(listPlaces(apply(shard, 301_000, created(0)))[1]).toEqual(['creating', 0]);
});

test('chunks wait at the gate without a call when every placement is sold out', () => {
  const step = apply(createControlled(3), 1_000, START, soldOut(0), soldOut(0));
  expect(listPlaces(step)).toEqual([
    ['gated', 0],
    ['planned', 0],
    ['planned', 0],
  ]);
  expect(step.commands).toEqual([{ type: 'probeAfter', gate: 'capacity:0', afterMs: 60_000 }]);
});

test('a probe of the gate asks every placement, whatever is remembered', () => {
  const { shard } = apply(createControlled(1), 1_000, START, soldOut(0), soldOut(0));
  const probe = apply(shard, 61_000, { type: 'probeDue', gate: 'capacity:0' });
  expect(listPlaces(probe)).toEqual([['creating', 0]]);
  expect(listPlaces(apply(probe.shard, 61_000, soldOut(0)))).toEqual([['creating', 1]]);
});

test('what was bought shows that a placement has stock again', () => {
  const { shard } = apply(createControlled(3), 1_000, START, soldOut(0), soldOut(0));
  const open = apply(shard, 61_000, { type: 'probeDue', gate: 'capacity:0' }, created(0));
  expect(listPlaces(open)).toEqual([
    ['owned', 0],
    ['creating', 0],
    ['planned', 0],
  ]);
});

test('a chunk that was once in doubt repeats its token where it was sent', () => {
  const { shard } = apply(
    createControlled(2),
    1_000,
    START,
    at(0, { type: 'lost', path: 'g/0-0' }),
    soldOut(1),
    at(0, { type: 'settled', found: [], proof: PROOF }),
    created(1),
  );
  expect(listPlaces({ shard, commands: [] })[0]).toEqual(['creating', 0]);
});

test('what comes up when another chunk goes to the gate is led around sold-out placements too', () => {
  const name = (group: number) => `g${group}-aaaaaaaaaa-s0000c0000`;
  const homes = [0, 1].map((group) => {
    const at = { index: group, group, groupName: `g${group}`, name: name(group) };
    const home = createHomeChunk({ ...at, from: 0, count: 1 });
    return { ...home, paths: home.paths.map((path) => ({ ...path, proof: PROOF })) };
  });
  const shard = createShard(homes, [1, 2], { ...SHARD_RULES, chunksInFlight: 1 });
  const soldOut = [{ placement: 0, untilMs: 2_000, refusal: createRefusal('capacity') }];
  const groups = shard.groups.map((group) => ({ ...group, control: 'passed' as const, soldOut }));
  expect(listPlaces(apply({ ...shard, groups }, 1_000, START))).toEqual([
    ['gated', 0],
    ['creating', 1],
  ]);
});

test('a purchase speaks for the placement of its own path, and not for that of its neighbour', () => {
  const shard = createControlled(1);
  const [home] = shard.homes;
  const path = home!.paths[0]!;
  const paths = [
    { ...path, name: 'g/0-0', phase: 'owned' as const, ids: ['r-0'] },
    { ...path, name: 'g/1-1', from: 1, phase: 'creating' as const, placement: 1 },
  ];
  const soldOut = [0, 1].map((placement) => ({
    ...{ placement, untilMs: 2_000, refusal: createRefusal('capacity') },
  }));
  const known: Shard = {
    ...shard,
    homes: [{ ...home!, paths }],
    groups: shard.groups.map((group) => ({ ...group, soldOut })),
  };
  const step = apply(known, 1_000, at(0, { type: 'created', path: 'g/1-1', ids: ['r-1'] }));
  expect(step.shard.groups[0]?.soldOut.map(({ placement }) => placement)).toEqual([0]);
});

test('an answer for a path that is not there changes nothing', () => {
  const { shard } = apply(createControlled(1), 1_000, START);
  const unknown = at(0, { type: 'created', path: 'g/9-9', ids: ['r-9'] });
  expect(apply(shard, 1_000, unknown)).toEqual({ shard, commands: [] });
});

describe('what is passed over', () => {
  const NOW_MS = 1_000;
  const PLACE = { home: 0, path: 'g/0-0' };
  const REFUSAL = createRefusal('capacity');

  /** Two chunks, and a memory of the first placement until so late. */
  function createMindful(untilMs: number): Shard {
    const shard = createControlled(2);
    const memory = [{ placement: 0, untilMs, refusal: REFUSAL }];
    return { ...shard, groups: shard.groups.map((group) => ({ ...group, soldOut: memory })) };
  }

  function withProbe(shard: Shard, probe: PathPlace): Shard {
    return { ...shard, gates: [{ ...createGate(REFUSAL, { group: 0, count: 1 }, 0), probe }] };
  }

  function detour(shard: Shard, place: PathPlace = PLACE): HomeEvent | null {
    return toDetour(shard, place, { nowMs: NOW_MS, room: new AddressRoom(shard, NOW_MS) });
  }

  test('is a placement for as long as it is remembered', () => {
    const list = (untilMs: number) =>
      listPassedOver(createMindful(untilMs), { group: 0, place: PLACE }, NOW_MS);
    expect(list(NOW_MS + 1)).toEqual([0]);
    expect(list(NOW_MS)).toEqual([]);
    expect(list(NOW_MS - 1)).toEqual([]);
  });

  test('is nothing for the probe of a gate, and all that is known for the paths beside it', () => {
    const shard = withProbe(createMindful(NOW_MS + 1), PLACE);
    const list = (place: PathPlace | null) => listPassedOver(shard, { group: 0, place }, NOW_MS);
    expect(list(PLACE)).toEqual([]);
    expect(list({ ...PLACE, home: 1 })).toEqual([0]);
    expect(list({ ...PLACE, path: 'g/1-1' })).toEqual([0]);
    expect(list(null)).toEqual([0]);
    expect(detour(shard)).toBeNull();
    expect(detour(shard, { home: 1, path: 'g/1-1' })).toMatchObject({ type: 'passOver' });
  });

  test('is not left by a path whose token was refused before it was executed', () => {
    const shard = createMindful(NOW_MS + 1);
    const tried = shard.homes.map((home) => ({
      ...home,
      paths: home.paths.map((path) => ({ ...path, rounds: 1 })),
    }));
    expect(detour(shard)).toEqual({
      ...{ type: 'passOver', path: 'g/0-0', placement: 1, refusal: REFUSAL },
    });
    expect(detour({ ...shard, homes: tried })).toBeNull();
    expect(detour(shard, { home: 0, path: 'g/7-7' })).toBeNull();
  });

  test('costs no look where nothing is remembered', () => {
    const mindful = createMindful(NOW_MS + 1);
    const [group] = mindful.groups;
    const [other] = createControlled(1).groups;
    const pool = { vSwitchId: 'vsw-1', places: [], free: 1, untilMs: NOW_MS };
    expect(isCapacityKnown(createControlled(1))).toBe(false);
    expect(isCapacityKnown({ ...mindful, groups: [group!, other!] })).toBe(true);
    expect(isCapacityKnown({ ...createControlled(1), pools: [pool] })).toBe(true);
  });

  test('is the same state when there is nothing to forget', () => {
    const [group] = createMindful(NOW_MS + 1).groups;
    expect(withStock(group!, 1)).toBe(group);
    expect(withStock(group!, 0).soldOut).toEqual([]);
  });
});
