import fc from 'fast-check';
import { findViolations } from '../../src/domain/invariant-watch';
import { isOpen } from '../../src/domain/home-chunk-state';
import { addCounts, isBalanced, NO_SLOTS } from '../../src/domain/progress';
import type { ErrorClass } from '../../src/domain/refusal';
import type { ShardCommand, ShardEvent } from '../../src/domain/shard-event';
import { countGroups, listParked } from '../../src/domain/shard-progress';
import { getHome, listPaths, type Shard } from '../../src/domain/shard-state';
import { createRefusal, PROOF } from '../support/domain-samples';
import { applyToShardAll, at, createProvenShard } from '../support/shard-samples';

const CLASSES: readonly ErrorClass[] = [
  ...(['quota', 'capacity', 'invalid', 'account', 'spent', 'unknown', 'notSent'] as const),
];

/** A move picks its event from what is possible in the state that it meets. */
interface Move {
  readonly kind: number;
  readonly path: number;
  readonly amount: number;
}

const moves = fc.array(fc.record({ kind: fc.nat(14), path: fc.nat(20), amount: fc.nat(6) }), {
  minLength: 1,
  maxLength: 60,
});

/** Runs the moves; ids are numbered through, as the service would. */
function play(
  list: readonly Move[],
  look: (shard: Shard, commands: readonly ShardCommand[]) => void,
) {
  let step = applyToShardAll(createProvenShard([0, 0, 1]), { type: 'start' });
  look(step.shard, step.commands);
  list.forEach((move, index) => {
    step = applyToShardAll(step.shard, toEvent(step.shard, move, index));
    look(step.shard, step.commands);
  });
}

function toEvent(shard: Shard, { kind, path: place, amount }: Move, index: number): ShardEvent {
  const paths = listPaths(shard);
  const { home, path } = paths[place % paths.length]!;
  const name = path.name;
  const ids = Array.from({ length: path.count }, (_, each) => `r-${index}-${each}`);
  const refusal = createRefusal(CLASSES[amount]!);
  const since = { runId: PROOF.runId, atMs: index };
  const found = ids
    .slice(0, amount)
    .map((id) => ({ id, isHealthy: amount % 2 === 0, isOurs: true }));
  const unready = path.ids.slice(0, 1).map((id) => ({ id, status: 'Error' }));
  const gate = shard.gates[0];
  const events: readonly ShardEvent[] = [
    at(home.index, { type: 'created', path: name, ids }),
    at(home.index, { type: 'created', path: name, ids }),
    at(home.index, { type: 'refused', path: name, refusal }),
    at(home.index, { type: 'notExecuted', path: name, refusal: createRefusal('transient') }),
    at(home.index, { type: 'unsettled', path: name, since, waitMs: 1, refusal }),
    at(home.index, { type: 'lost', path: name }),
    at(home.index, { type: 'settled', found, proof: PROOF }),
    at(home.index, { type: 'released', path: name }),
    at(home.index, { type: 'split', path: name }),
    at(home.index, { type: 'skip', path: name }),
    at(home.index, { type: 'replace', id: path.ids[0] ?? 'r-none' }),
    { type: 'controlled', group: home.group, refusal: amount === 0 ? refusal : null },
    { type: 'retry', paths: null },
    { type: 'readiness', home: home.index, readyCount: amount % 2, failed: unready },
    gate === undefined ? { type: 'doubt', since, waitMs: 1 } : { type: 'probeDue', gate: 'quota' },
  ];
  return events[kind]!;
}

test('whatever happens, every slot belongs to one path and every instance to one slot', () => {
  fc.assert(
    fc.property(moves, (list) =>
      play(list, (shard) => expect(findViolations(shard.homes)).toEqual([])),
    ),
  );
});

test('whatever happens, the progress adds up, in all and for each group', () => {
  fc.assert(
    fc.property(moves, (list) =>
      play(list, (shard) => {
        const groups = countGroups(shard).map((group) => group.counts);
        expect(groups.every(isBalanced)).toBe(true);
        const counts = groups.reduce(addCounts, NO_SLOTS);
        expect(counts.slots).toBe(6);
        expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(0);
        const parked = listParked(shard).reduce((sum, { slots }) => sum + slots, 0);
        expect(parked).toBe(counts.parked);
      }),
    ),
  );
});

test('whatever happens, at most one path of a home chunk is open', () => {
  fc.assert(
    fc.property(moves, (list) =>
      play(list, (shard, commands) => {
        for (const home of shard.homes) {
          const creating = home.paths.filter(({ phase }) => phase === 'creating').length;
          expect(creating + Number(home.isSettling)).toBeLessThanOrEqual(1);
        }
        for (const command of commands) {
          if (command.type === 'create') expect(isOpen(getHome(shard, command.home))).toBe(true);
        }
      }),
    ),
  );
});

test('whatever happens, the epoch of a path never goes back', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const epochs = new Map<string, number>();
      play(list, (shard) => {
        for (const { path } of listPaths(shard)) {
          expect(path.epoch).toBeGreaterThanOrEqual(epochs.get(path.name) ?? 0);
          epochs.set(path.name, path.epoch);
        }
      });
    }),
  );
});

test('whatever happens, no path is sent twice in one epoch after it was refused in it', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const refused = new Set<string>();
      let before: Shard | null = null;
      play(list, (shard, commands) => {
        for (const { path } of before === null ? [] : listPaths(before)) {
          const after = listPaths(shard).find((each) => each.path.name === path.name)?.path;
          if (after !== undefined && after.epoch > path.epoch) {
            refused.add(`${path.name}.${path.epoch}`);
          }
        }
        for (const command of commands.filter(({ type }) => type === 'create')) {
          const name = (command as { path: string }).path;
          const epoch = listPaths(shard).find(({ path }) => path.name === name)!.path.epoch;
          expect(refused.has(`${name}.${epoch}`)).toBe(false);
        }
        before = shard;
      });
    }),
  );
});
