import { isUnfinished, listIgnoredIds, type HomeChunk } from '../../src/domain/home-chunk-state';
import type { Proof } from '../../src/domain/proof';
import type { FoundInstance } from '../../src/domain/settle-deal';
import { applyToShard } from '../../src/domain/shard';
import type { ShardContext, ShardEvent, ShardStep } from '../../src/domain/shard-event';
import type { Shard } from '../../src/domain/shard-state';
import { LONG_AGO_MS } from './worker-model';
import type { Rule } from './rules';

/**
 * What the rules of the shard's own machine prevent, done around it: the machine itself has no way to
 * break them.
 */

type Rules = ReadonlySet<Rule>;
type Settled = Extract<
  Extract<ShardEvent, { type: 'home' }>['event'],
  { readonly type: 'settled' }
>;

/** Applies an event as the machine does, or as it would without these rules. */
export function applyWithout(
  off: Rules,
  { shard, event }: { readonly shard: Shard; readonly event: ShardEvent },
  context: ShardContext,
): ShardStep {
  const step = applyToShard(movedFromDoubt(off, shard, event), event, context);
  const proven = off.has('owned-keep-their-proof') ? withOwnedProven(step, event) : step;
  return off.has('turns') || off.has('settling-is-open')
    ? sentOutOfTurn(off, proven, context)
    : proven;
}

/** R7: a path in doubt moves on at once when somebody wants it to. */
function movedFromDoubt(off: Rules, shard: Shard, event: ShardEvent): Shard {
  if (event.type === 'retry' && off.has('settle-before-retry')) {
    return mapHomes(shard, (home) =>
      withoutDoubt(home, (path) => ({ ...path, phase: 'planned', epoch: path.epoch + 1 })),
    );
  }
  if (event.type === 'end' && off.has('settle-before-end')) {
    return mapHomes(shard, (home) => withoutDoubt(home, (path) => ({ ...path, phase: 'skipped' })));
  }
  return shard;
}

function withoutDoubt(home: HomeChunk, move: (path: Path) => Path): HomeChunk {
  if (!home.isSettling) return home;
  const paths = home.paths.map((path) => (path.phase === 'settling' ? move(path) : path));
  return { ...home, paths, isSettling: false };
}

type Path = HomeChunk['paths'][number];

/** R2, R5: a settle proves what it did not deal to. */
function withOwnedProven(step: ShardStep, event: ShardEvent): ShardStep {
  if (event.type !== 'home' || event.event.type !== 'settled') return step;
  const { proof } = event.event;
  const shard = mapHomes(step.shard, (home) =>
    home.index === event.home ? withProofOf(home, proof, ({ phase }) => phase === 'owned') : home,
  );
  return { ...step, shard };
}

/** R8: what is open is hidden from the machine while it decides what to send next. */
function sentOutOfTurn(off: Rules, step: ShardStep, context: ShardContext): ShardStep {
  const isHidden = ({ phase }: Path): boolean =>
    phase === 'settling' || (phase === 'creating' && off.has('turns'));
  const open = step.shard;
  const hidden = mapHomes(open, (home) => ({
    ...home,
    isSettling: false,
    paths: home.paths.map((path) => (isHidden(path) ? { ...path, phase: 'skipped' } : path)),
  }));
  const next = applyToShard(hidden, { type: 'start' }, context);
  const shown = mapHomes(next.shard, (home) => {
    const before = open.homes[home.index]!;
    const found = new Map(before.paths.filter(isHidden).map((path) => [path.name, path]));
    const paths = home.paths.map((path) => found.get(path.name) ?? path);
    return { ...home, paths, isSettling: before.isSettling };
  });
  return { shard: shown, commands: [...step.commands, ...next.commands] };
}

/** R5: a settle that knows of one path only, and proves all. */
export function toOnePath(home: HomeChunk, event: Settled): Settled {
  return { ...event, found: toFresh(home, event.found).slice(0, toRoom(home).first) };
}

/** R5: nothing is left over: the machine sees no more than it has room for. */
export function toNothingLeft(home: HomeChunk, event: Settled): Settled {
  return { ...event, found: toFresh(home, event.found).slice(0, toRoom(home).all) };
}

/** Everything was proven by the run before. */
export function withEveryProof(shard: Shard, proof: Proof): Shard {
  return mapHomes(shard, (home) => withProofOf(home, proof, () => true));
}

/** A settle has waited long enough before this run began. */
export function withOldWaits(shard: Shard, { runId }: Proof): Shard {
  return mapHomes(shard, (home) => ({ ...home, since: { runId, atMs: LONG_AGO_MS } }));
}

function withProofOf(home: HomeChunk, proof: Proof, isMeant: (path: Path) => boolean): HomeChunk {
  return { ...home, paths: home.paths.map((path) => (isMeant(path) ? { ...path, proof } : path)) };
}

/** What nobody owns yet, healthy ones first. */
function toFresh(home: HomeChunk, found: readonly FoundInstance[]): readonly FoundInstance[] {
  const ignored = listIgnoredIds(home);
  const fresh = found.filter(({ id }) => !ignored.includes(id));
  return [
    ...fresh.filter(({ isHealthy }) => isHealthy),
    ...fresh.filter(({ isHealthy }) => !isHealthy),
  ];
}

function toRoom({ paths }: HomeChunk): { readonly first: number; readonly all: number } {
  const counts = paths.filter(isUnfinished).map(({ count }) => count);
  return { first: counts[0] ?? 0, all: counts.reduce((sum, count) => sum + count, 0) };
}

function mapHomes(shard: Shard, change: (home: HomeChunk) => HomeChunk): Shard {
  return { ...shard, homes: shard.homes.map(change) };
}
