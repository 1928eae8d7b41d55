import { applyToShard } from '../../../src/domain/shard';
import { createHomeChunk } from '../../../src/domain/home-chunk-state';
import type { ShardEvent, ShardStep } from '../../../src/domain/shard-event';
import { createShard, listPaths, type Shard } from '../../../src/domain/shard-state';
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
