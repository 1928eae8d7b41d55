import { applyToShard } from '../../../src/domain/shard';
import {
  decideSearch,
  pickProbe,
  type SearchMove,
  type Waiting,
} from '../../../src/domain/gate-search';
import { createHomeChunk, listOwnedIds } from '../../../src/domain/home-chunk-state';
import type { ErrorClass } from '../../../src/domain/refusal';
import type { ShardCommand, ShardEvent, ShardStep } from '../../../src/domain/shard-event';
import { createShard, getHome, type Shard } from '../../../src/domain/shard-state';
import { createRefusal, PROOF } from '../../support/domain-samples';
import { SHARD_RULES } from '../../support/shard-samples';

/** A group past its control. */
function createControlled(counts: readonly number[], placementCount = 1): Shard {
  const homes = counts.map((count, index) => {
    const from = counts.slice(0, index).reduce((sum, each) => sum + each, 0);
    const name = `g-aaaaaaaaaa-s0000c000${index}`;
    const home = createHomeChunk({ index, group: 0, groupName: 'g', name, from, count });
    return { ...home, paths: home.paths.map((path) => ({ ...path, proof: PROOF })) };
  });
  const shard = createShard(homes, [placementCount], SHARD_RULES);
  return { ...shard, groups: shard.groups.map((group) => ({ ...group, control: 'passed' })) };
}

/** A cloud that has so much left, in all or at each placement, and refuses what is more. */
class Stock {
  /** Sizes of the calls, in order. */
  readonly calls: number[] = [];
  private bought = 0;
  readonly left: number[];

  constructor(
    left: number | readonly number[],
    private readonly errorClass: ErrorClass = 'quota',
  ) {
    this.left = typeof left === 'number' ? [left] : [...left];
  }

  /** Answers every create until nothing is in flight; timers do not pass. */
  run(shard: Shard, event: ShardEvent): Shard {
    let step: ShardStep = { shard, commands: [] };
    const queue: ShardEvent[] = [event];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      step = applyToShard(step.shard, next, { rules: SHARD_RULES, nowMs: 1_000 });
      queue.push(...step.commands.flatMap((each) => this.answer(step.shard, each)));
    }
    return step.shard;
  }

  private answer(shard: Shard, command: ShardCommand): ShardEvent[] {
    if (command.type !== 'create') return [];
    const { home, path: name } = command;
    const path = getHome(shard, home).paths.find((each) => each.name === name)!;
    const place = Math.min(path.placement, this.left.length - 1);
    this.calls.push(path.count);
    if (path.count > this.left[place]!) {
      const refusal = createRefusal(this.errorClass);
      return [{ type: 'home', home, event: { type: 'refused', path: name, refusal } }];
    }
    this.left[place]! -= path.count;
    const ids = Array.from({ length: path.count }, () => `r-${(this.bought += 1)}`);
    return [{ type: 'home', home, event: { type: 'created', path: name, ids } }];
  }
}

const START = { type: 'start' } as const;

function countOwned(shard: Shard): number {
  return shard.homes.flatMap(listOwnedIds).length;
}

test('a quota for 60 of 100 is used up, and the rest waits', () => {
  const cloud = new Stock(60);
  const shard = cloud.run(createControlled([90, 10]), START);
  expect(countOwned(shard)).toBe(60);
  expect(cloud.calls).toEqual([90, 10, 45, 22, 11, 5, 3, 1]);
  expect(shard.gates).toMatchObject([{ cause: 'quota', search: null, probes: 0 }]);
});

test.each([0, 1, 2, 30, 44, 45, 46, 59, 88, 89])(
  'a search for %d of 90 finds them all in seven calls at most',
  (left) => {
    const cloud = new Stock(left);
    const shard = cloud.run(createControlled([90]), START);
    expect(countOwned(shard)).toBe(left);
    expect(cloud.calls.length - 1).toBeLessThanOrEqual(7);
  },
);

test('one path searches; all others wait whole', () => {
  const shard = new Stock(0).run(createControlled([90, 90, 90]), START);
  expect(shard.homes.map(({ paths }) => paths.length)).toEqual([7, 1, 1]);
});

test('the search of a later refusal uses the parts that there are', () => {
  const cloud = new Stock(0);
  const parked = cloud.run(createControlled([90, 90]), START);
  cloud.left[0] = 1;
  const { length } = cloud.calls;
  const again = cloud.run(parked, { type: 'probeDue', gate: 'quota' });
  expect(countOwned(again)).toBe(1);
  expect(again.homes.map(({ paths }) => paths.length)).toEqual([7, 1]);
  expect(cloud.calls.length - length).toBeLessThanOrEqual(10);
});

test('a raised quota is used in full after one probe', () => {
  const cloud = new Stock(0);
  const parked = cloud.run(createControlled([90, 90, 90]), START);
  cloud.left[0] = 1_000;
  expect(countOwned(cloud.run(parked, { type: 'probeDue', gate: 'quota' }))).toBe(270);
});

test('addresses for 30 of a chunk of 50 are used up as well, once every placement has refused', () => {
  const cloud = new Stock([0, 30], 'capacity');
  const shard = cloud.run(createControlled([50], 2), START);
  expect(countOwned(shard)).toBe(30);
  expect(cloud.calls.slice(0, 2)).toEqual([50, 50]);
  expect(shard.gates).toMatchObject([{ cause: 'capacity', group: 0, search: null }]);
});

test('calls that are wasted on a full account are bounded for the hour, whatever waits', () => {
  const cloud = new Stock(0);
  let shard = cloud.run(createControlled(Array.from({ length: 111 }, () => 90)), START);
  const untilMs = 3_600_000;
  let pauseMs = 60_000;
  for (let atMs = pauseMs; atMs < untilMs; atMs += pauseMs) {
    shard = cloud.run(shard, { type: 'probeDue', gate: 'quota' });
    pauseMs = Math.min(30 * 60_000, pauseMs * 2);
  }
  expect(cloud.calls.length).toBeLessThanOrEqual(40);
});

/** Paths of so many slots, in slot order. */
function createWaiting(...counts: readonly number[]): readonly Waiting[] {
  return createControlled(counts).homes.map((home) => ({ home, path: home.paths[0]! }));
}

function toCount(move: SearchMove): number | null {
  return move.do === 'end' ? null : move.path.count;
}

describe('the next move of a search', () => {
  test('tries the largest part of at most half of what was refused, wherever it stands', () => {
    const move = decideSearch({ below: 45, trying: null }, createWaiting(5, 22, 10, 23));
    expect([move.do, toCount(move)]).toEqual(['try', 22]);
  });

  test('splits the smallest path when none is that small', () => {
    const move = decideSearch({ below: 10, trying: null }, createWaiting(90, 8, 30));
    expect([move.do, toCount(move)]).toEqual(['split', 8]);
  });

  test('is none when nothing waits that may go, or a single slot was refused', () => {
    expect(decideSearch({ below: 10, trying: null }, [])).toEqual({ do: 'end' });
    expect(decideSearch({ below: 1, trying: null }, createWaiting(1))).toEqual({ do: 'end' });
  });

  test('is none when more went through than a late refusal had said was left', () => {
    expect(decideSearch({ below: -1, trying: null }, createWaiting(1, 1))).toEqual({ do: 'end' });
  });
});

test('a probe is the smallest path that waits, wherever it stands', () => {
  expect(pickProbe(createWaiting(90, 3, 30))?.path.count).toBe(3);
});
