import type { AddressPool } from '../../../src/domain/address-pool';
import { NO_ADDRESSES_CODE } from '../../../src/domain/error-codes/no-addresses';
import { createHomeChunk } from '../../../src/domain/home-chunk-state';
import { applyToShard } from '../../../src/domain/shard';
import type { ShardEvent, ShardStep } from '../../../src/domain/shard-event';
import { createShard, listPaths, type Shard } from '../../../src/domain/shard-state';
import { PROOF } from '../../support/domain-samples';
import { at, SHARD_RULES } from '../../support/shard-samples';

const START: ShardEvent = { type: 'start' };
const CAPACITY = { class: 'capacity', code: 'VswitchIpExhausted' } as const;

function createPool(free: number, placement = 0): AddressPool {
  const places = [{ group: 0, placement }];
  return { vSwitchId: `vsw-${placement + 1}`, places, free, untilMs: 60_000 };
}

/** Chunks of ten slots, past their control. */
function createShortShard(
  homeCount: number,
  { placements, pools }: { placements: number; pools: readonly AddressPool[] },
): Shard {
  const homes = Array.from({ length: homeCount }, (_, index) => {
    const name = `g-aaaaaaaaaa-s0000c000${index}`;
    const from = index * 10;
    const home = createHomeChunk({ index, group: 0, groupName: 'g', name, from, count: 10 });
    return { ...home, paths: home.paths.map((path) => ({ ...path, proof: PROOF })) };
  });
  const shard = createShard(homes, [placements], SHARD_RULES);
  const groups = shard.groups.map((group) => ({ ...group, control: 'passed' as const }));
  return { ...shard, groups, pools };
}

function apply(shard: Shard, nowMs: number, ...events: readonly ShardEvent[]): ShardStep {
  return events.reduce<ShardStep>(
    (step, event) => applyToShard(step.shard, event, { rules: SHARD_RULES, nowMs }),
    { shard, commands: [] },
  );
}

function created(home: number, path: string, count: number): ShardEvent {
  const ids = Array.from({ length: count }, (_, index) => `r-${path}-${index}`);
  return at(home, { type: 'created', path, ids });
}

function listPlaces({ shard }: ShardStep): (string | number)[][] {
  return listPaths(shard).map(({ path }) => [path.name, path.phase, path.placement]);
}

describe('a vSwitch with addresses for a part of a shard', () => {
  const short = createShortShard(2, { placements: 2, pools: [createPool(13)] });

  it('takes what fits, and the rest goes to the next placement, without a refusal', () => {
    const step = apply(short, 1_000, START);
    expect(listPlaces(step)).toEqual([
      ['g/0-9', 'creating', 0],
      ['g/10-12', 'creating', 0],
      ['g/13-19', 'planned', 0],
    ]);
    expect(listPlaces(apply(step.shard, 1_000, created(1, 'g/10-12', 3)))[2]).toEqual([
      ...['g/13-19', 'creating', 1],
    ]);
  });

  it('has its addresses back from a call that bought nothing', () => {
    const refused = at(0, { type: 'refused', path: 'g/0-9', refusal: CAPACITY });
    const { shard } = apply(short, 1_000, START, refused, created(1, 'g/10-12', 3));
    expect(listPaths(shard).map(({ path }) => path.placement)).toEqual([1, 0, 0]);
  });

  it('is asked again without a count when the count is old', () => {
    expect(listPlaces(apply(short, 60_001, START))).toEqual([
      ['g/0-9', 'creating', 0],
      ['g/10-19', 'creating', 0],
    ]);
  });

  it('takes a path whole whose outcome was in doubt: its token is repeated first', () => {
    const homes = short.homes.map((home) => ({ ...home, wasOpen: true }));
    expect(listPlaces(apply({ ...short, homes }, 1_000, START))).toEqual([
      ['g/0-9', 'creating', 0],
      ['g/10-19', 'creating', 0],
    ]);
  });
});

describe('a shard without any addresses left', () => {
  const empty = createShortShard(1, { placements: 2, pools: [createPool(0), createPool(0, 1)] });

  it('waits at the gate without a call and without a search', () => {
    const { shard, commands } = apply(empty, 1_000, START);
    expect(shard.gates).toMatchObject([{ refusal: { code: NO_ADDRESSES_CODE }, search: null }]);
    expect(commands).toEqual([{ type: 'probeAfter', gate: 'capacity:0', afterMs: 60_000 }]);
  });

  it('searches for what is left once the cloud itself has refused a probe', () => {
    const refused = at(0, { type: 'refused', path: 'g/0-9', refusal: CAPACITY });
    const probe: ShardEvent = { type: 'probeDue', gate: 'capacity:0' };
    const both = apply(empty, 1_000, START, probe, refused, refused);
    expect(both.shard.gates).toMatchObject([{ refusal: CAPACITY }]);
    // The second placement is still counted out, so the first refusal leads to the gate at once.
    expect(listPlaces(both)[0]).toEqual(['g/0-4', 'creating', 0]);
  });

  it('forgets its count when more was bought than there was', () => {
    const probe: ShardEvent = { type: 'probeDue', gate: 'capacity:0' };
    const { shard } = apply(empty, 1_000, START, probe, created(0, 'g/0-9', 10));
    expect(shard.pools?.map(({ vSwitchId }) => vSwitchId)).toEqual(['vsw-2']);
  });
});
