import { createPath, isOpen, type ChunkPath, type HomeChunk } from './home-chunk-state';
import type { HomeOrder, HomeStep } from './home-event';
import { finish, inPhase, putPath, quiet, startSettling } from './home-step';

/** Orders from the shard or an operator: they only ever touch a closed path. */
export function applyOrder(home: HomeChunk, event: HomeOrder): HomeStep {
  switch (event.type) {
    case 'released':
      return inPhase(home, { path: event.path, phases: ['backingOff', 'gated'] }, (path) =>
        quiet(putPath(home, { ...path, phase: 'planned' })),
      );
    case 'park':
      return inPhase(
        home,
        { path: event.path, phases: ['planned', 'backingOff', 'gated'] },
        (path) => quiet(putPath(home, { ...path, phase: 'parked', refusal: event.refusal })),
      );
    case 'retry':
      return inPhase(home, { path: event.path, phases: ['parked'] }, (path) => retry(home, path));
    case 'skip':
      return skip(home, event.path);
    case 'split':
      return inPhase(home, { path: event.path, phases: ['planned', 'gated'] }, (path) =>
        split(home, path, event.firstCount ?? Math.floor(path.count / 2)),
      );
    case 'passOver':
      return inPhase(home, { path: event.path, phases: ['planned'] }, (path) =>
        passOver(home, path, event),
      );
    case 'replace':
      return replace(home, event.id);
    case 'end':
      return finish(quiet({ ...home, ending: event.ending }));
  }
}

/** An unpaid order is the one park that is still open: it may yet become instances. */
function retry(home: HomeChunk, path: ChunkPath): HomeStep {
  if (home.ending !== null) return quiet(home);
  if (path.refusal?.class === 'awaitingPayment') {
    if (isOpen(home)) return quiet(home);
    return startSettling(home, path.name, { since: null, waitMs: 0 });
  }
  return quiet(putPath(home, { ...path, phase: 'planned', rounds: 0, settles: 0, refusal: null }));
}

function skip(home: HomeChunk, name: string): HomeStep {
  const path = home.paths.find((candidate) => candidate.name === name);
  if (path === undefined || path.phase === 'owned' || path.phase === 'skipped') return quiet(home);
  return finish(quiet({ ...putPath(home, { ...path, isToSkip: true }), wasOpen: true }));
}

/** The token depends on the body, so another placement is another token in the same epoch. */
function passOver(
  home: HomeChunk,
  path: ChunkPath,
  { placement, refusal }: Extract<HomeOrder, { type: 'passOver' }>,
): HomeStep {
  if (placement !== null) return quiet(putPath(home, { ...path, placement }));
  return {
    home: putPath(home, { ...path, placement: home.firstPlacement, phase: 'gated', refusal }),
    commands: [{ type: 'gated', count: path.count, refusal }],
  };
}

/** Two parts with the same name, each with a path and hence a token of its own. */
function split(home: HomeChunk, path: ChunkPath, firstCount: number): HomeStep {
  if (firstCount < 1 || firstCount >= path.count) return quiet(home);
  const part = (from: number, count: number): ChunkPath =>
    createPath(home.groupName, {
      from,
      count,
      placement: path.placement,
      proof: path.proof,
      phase: path.phase,
      refusal: path.refusal,
      isToSkip: path.isToSkip,
    });
  const parts = [
    part(path.from, firstCount),
    part(path.from + firstCount, path.count - firstCount),
  ];
  return quiet({
    ...home,
    paths: home.paths.flatMap((other) => (other.name === path.name ? parts : [other])),
  });
}

/** A new path for the slot of a failed instance; it inherits the slot's proof (rule R2). */
function replace(home: HomeChunk, id: string): HomeStep {
  const owner = home.paths.find((path) => path.ids.includes(id));
  if (owner === undefined || home.ending !== null || home.replacedIds.includes(id)) {
    return quiet(home);
  }
  const slot = owner.from + owner.ids.indexOf(id);
  const path = createPath(home.groupName, {
    from: slot,
    count: 1,
    // An instance is replaced once, so its path is the latest of its slot.
    replacement: owner.replacement + 1,
    placement: owner.placement,
    proof: owner.proof,
  });
  return quiet({
    ...home,
    paths: [...home.paths, path].sort((left, right) => left.from - right.from),
    replacedIds: [...home.replacedIds, id],
  });
}
