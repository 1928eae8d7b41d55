import { isGateFor } from './gate';
import { isOpen, type HomeChunk } from './home-chunk-state';
import { getGroup, type GroupState, type PathPlace, type Shard } from './shard-state';

/**
 * Which paths may be sent now: within the window, one open path per home chunk (rule R8), a group's
 * first chunk alone until the positive control (rule R12), and nothing past a closed gate but its
 * probe. Probes go first, then first chunks, so that a wrong spec shows early.
 */
export function listSchedulable(shard: Shard): readonly PathPlace[] {
  // Most events leave nothing to send, and this is asked after every one of them.
  if (isHeld(shard) || shard.ending !== null || !shard.homes.some(isPlanned)) return [];
  const free = shard.window - countInFlight(shard);
  if (free <= 0) return [];
  const candidates = listFreeHomes(shard).flatMap((home) => {
    const path = home.paths.find(
      (candidate) => candidate.phase === 'planned' && isThroughGates(shard, home, candidate.name),
    );
    return path === undefined ? [] : [{ home, path: path.name }];
  });
  const toRank = (home: HomeChunk): number => {
    if (shard.gates.some(({ probe }) => probe?.home === home.index)) return 0;
    return getGroup(shard, home.group).control === 'pending' ? 1 : 2;
  };
  return candidates
    .sort((left, right) => toRank(left.home) - toRank(right.home))
    .slice(0, free)
    .map(({ home, path }) => ({ home: home.index, path }));
}

function isPlanned({ paths }: HomeChunk): boolean {
  return paths.some(({ phase }) => phase === 'planned');
}

/** Whether buying goes on only when a person acts: nothing is under way, is due, or may be sent. */
export function isBuyingAtRest(shard: Shard): boolean {
  const isWaiting = (home: HomeChunk): boolean =>
    isOpen(home) || home.paths.some(({ phase }) => phase === 'backingOff');
  const isControlled = shard.groups.some(({ control }) => control === 'running');
  return (
    !isControlled &&
    shard.gates.length === 0 &&
    !shard.homes.some(isWaiting) &&
    listSchedulable(shard).length === 0
  );
}

/** Whether nothing new may be sent at the moment, for whatever reason. */
export function isHeld(shard: Shard): boolean {
  return shard.hold !== null || shard.isPaused || shard.isDraining;
}

/** Home chunks of which a path may be sent now, as far as turns, control and stops go. */
export function listFreeHomes(shard: Shard): readonly HomeChunk[] {
  const first = new Map(shard.groups.map((group) => [group.group, findFirst(shard, group)]));
  return shard.homes.filter((home) => isHomeFree(shard, home, first.get(home.group) ?? null));
}

/** Create calls that are in flight. */
export function countInFlight(shard: Shard): number {
  return shard.homes.reduce(
    (sum, home) => sum + home.paths.filter((path) => path.phase === 'creating').length,
    0,
  );
}

/** The home chunk that goes alone: the first one that is not skipped altogether. */
function findFirst(shard: Shard, group: GroupState): HomeChunk | null {
  return (
    shard.homes.find(
      (home) => home.group === group.group && home.paths.some((path) => path.phase !== 'skipped'),
    ) ?? null
  );
}

function isHomeFree(shard: Shard, home: HomeChunk, first: HomeChunk | null): boolean {
  const group = getGroup(shard, home.group);
  if (group.stopped !== null || isOpen(home)) return false;
  return group.control === 'passed' || (group.control === 'pending' && first === home);
}

/** The probe of one gate passes the others too: two probes could wait for each other for ever. */
function isThroughGates(shard: Shard, home: HomeChunk, path: string): boolean {
  const gates = shard.gates.filter((gate) => isGateFor(gate, home.group));
  return (
    gates.length === 0 ||
    gates.some((gate) => gate.probe?.home === home.index && gate.probe.path === path)
  );
}
