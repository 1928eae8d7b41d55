import {
  createPath,
  isClosed,
  isOpen,
  listIgnoredIds,
  type ChunkPath,
  type HomeChunk,
  type PathPhase,
} from './home-chunk-state';
import type { HomeEvent, HomeRules, HomeStep } from './home-event';
import type { Since } from './proof';
import type { Refusal } from './refusal';
import { toRefused } from './refused-path';
import { dealFound } from './settle-deal';

export type { HomeCommand, HomeEvent, HomeRules, HomeStep } from './home-event';

/**
 * The life of a home chunk as a pure state machine: state and event give a new state and commands
 * (docs/safety.md has its table). Only it decides about epochs and placements. The workflow and the
 * simulator both interpret its commands.
 */

/**
 * Applies one event. An event that does not fit the path's phase is a late one (say a second retry)
 * and changes nothing.
 */
export function applyToHome(home: HomeChunk, event: HomeEvent, rules: HomeRules): HomeStep {
  switch (event.type) {
    case 'doubt':
      return doubt(home, event);
    case 'schedule':
      return schedule(home, event.path);
    case 'created':
      return inCreating(home, event.path, (path) => own(home, path, event.ids));
    case 'notExecuted':
      return inCreating(home, event.path, (path) =>
        goRound(home, { ...path, refusal: event.refusal }, rules),
      );
    case 'refused':
      return inCreating(home, event.path, (path) =>
        finish(refuse(home, path, { refusal: event.refusal, rules })),
      );
    case 'unsettled':
      return inCreating(home, event.path, (path) =>
        startSettling(putPath(home, { ...path, refusal: event.refusal }), path.name, event),
      );
    case 'lost':
      return inCreating(home, event.path, (path) =>
        startSettling(home, path.name, { since: null, waitMs: 0 }),
      );
    case 'tooEarly':
      return {
        home: { ...home, since: event.since },
        commands: [{ type: 'settle', afterMs: event.waitMs }],
      };
    case 'settled':
      return settle(home, event, rules);
    default:
      return applyOrder(home, event);
  }
}

/** Orders from the shard or an operator: they only ever touch a closed path. */
function applyOrder(
  home: HomeChunk,
  event: Exclude<
    HomeEvent,
    {
      type:
        | 'doubt'
        | 'schedule'
        | 'created'
        | 'notExecuted'
        | 'refused'
        | 'unsettled'
        | 'lost'
        | 'tooEarly'
        | 'settled';
    }
  >,
): HomeStep {
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
        split(home, path),
      );
    case 'replace':
      return replace(home, event.id);
    case 'end':
      return finish(quiet({ ...home, ending: event.ending }));
  }
}

function doubt(home: HomeChunk, event: Extract<HomeEvent, { type: 'doubt' }>): HomeStep {
  if (home.isSettling || !home.paths.some(isClosed)) return quiet(home);
  const paths = home.paths.map((path): ChunkPath =>
    path.phase === 'planned' ? { ...path, phase: 'settling' } : path,
  );
  return {
    home: { ...home, paths, isSettling: true, since: event.since, wasOpen: true },
    commands: [{ type: 'settle', afterMs: event.waitMs }],
  };
}

function schedule(home: HomeChunk, name: string): HomeStep {
  if (isOpen(home) || home.ending !== null) return quiet(home);
  return inPhase(home, { path: name, phases: ['planned'] }, (path) => ({
    home: putPath(home, { ...path, phase: 'creating' }),
    commands: [{ type: 'create', path: name, ignoreIds: listIgnoredIds(home) }],
  }));
}

function own(home: HomeChunk, path: ChunkPath, ids: readonly string[]): HomeStep {
  const owned: ChunkPath = { ...path, phase: 'owned', ids, refusal: null, isToSkip: false };
  return {
    home: putPath(home, owned),
    commands: [{ type: 'owned', path: path.name, ids }],
  };
}

/** Refused before execution: the same token again after a pause, or a settle after too many. */
function goRound(home: HomeChunk, path: ChunkPath, rules: HomeRules): HomeStep {
  const rounds = path.rounds + 1;
  const next = putPath(home, { ...path, rounds });
  if (path.refusal?.class === 'transient' && rounds >= rules.transientRoundsMax) {
    return startSettling(next, path.name, { since: null, waitMs: 0 });
  }
  return finish({
    home: putPath(next, { ...path, rounds, phase: 'backingOff' }),
    commands: [{ type: 'backOff', path: path.name, rounds }],
  });
}

function startSettling(
  home: HomeChunk,
  name: string,
  { since, waitMs }: { since: Since | null; waitMs: number },
): HomeStep {
  const path = getPath(home, name);
  return {
    home: {
      ...putPath(home, { ...path, phase: 'settling' }),
      isSettling: true,
      since,
      wasOpen: true,
    },
    commands: [{ type: 'settle', afterMs: waitMs }],
  };
}

function settle(
  home: HomeChunk,
  event: Extract<HomeEvent, { type: 'settled' }>,
  rules: HomeRules,
): HomeStep {
  if (!home.isSettling) return quiet(home);
  const deal = dealFound(home, event.found, event.proof);
  let step: HomeStep = {
    home: { ...home, paths: deal.paths, isSettling: false },
    commands: deal.owned.map((name) => {
      const owned = deal.paths.find((path) => path.name === name);
      return { type: 'owned', path: name, ids: owned?.ids ?? [] } as const;
    }),
  };
  for (const name of deal.empty) {
    step = join(step, settleEmpty(step.home, getPath(step.home, name), rules));
  }
  return finish(deal.hasForeign ? parkForeign(step) : step);
}

/** Nothing of the path exists: what its refusal says, or the same token again. */
function settleEmpty(home: HomeChunk, path: ChunkPath, rules: HomeRules): HomeStep {
  const settles = path.settles + 1;
  const { refusal } = path;
  const isSpentBudget = settles >= rules.settleRoundsMax;
  if (refusal !== null && !(isSpentBudget && refusal.class === 'transient')) {
    return refuse(home, path, { refusal, rules, settles });
  }
  if (isSpentBudget) {
    const unresolved: Refusal = { class: 'unknown', code: refusal?.code ?? 'unresolved' };
    return refuse(home, path, { refusal: unresolved, rules });
  }
  return quiet(putPath(home, { ...path, phase: 'planned', settles }));
}

function refuse(
  home: HomeChunk,
  path: ChunkPath,
  { refusal, rules, settles = 0 }: { refusal: Refusal; rules: HomeRules; settles?: number },
): HomeStep {
  const refused = toRefused(path, refusal, rules.placementCount);
  return {
    home: putPath(home, {
      ...refused.path,
      settles: refusal.class === 'transient' ? settles : 0,
    }),
    commands: refused.commands,
  };
}

function parkForeign(step: HomeStep): HomeStep {
  const refusal: Refusal = { class: 'foreign', code: 'foreign-instance' };
  const paths = step.home.paths.map((path): ChunkPath =>
    isClosed(path) ? { ...path, phase: 'parked', refusal } : path,
  );
  return { ...step, home: { ...step.home, paths } };
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

/** Two halves with the same name, each with a path and hence a token of its own. */
function split(home: HomeChunk, path: ChunkPath): HomeStep {
  if (path.count < 2 || path.replacement > 0) return quiet(home);
  const firstCount = Math.floor(path.count / 2);
  const half = (from: number, count: number): ChunkPath =>
    createPath(home.groupName, {
      from,
      count,
      placement: path.placement,
      proof: path.proof,
      phase: path.phase,
      refusal: path.refusal,
    });
  const halves = [
    half(path.from, firstCount),
    half(path.from + firstCount, path.count - firstCount),
  ];
  return quiet({
    ...home,
    paths: home.paths.flatMap((other) => (other.name === path.name ? halves : [other])),
  });
}

/** A new path for the slot of a failed instance; it inherits the slot's proof (rule R2). */
function replace(home: HomeChunk, id: string): HomeStep {
  const owner = home.paths.find((path) => path.ids.includes(id));
  if (owner === undefined || home.ending !== null || home.replacedIds.includes(id)) {
    return quiet(home);
  }
  const slot = owner.from + owner.ids.indexOf(id);
  const earlier = home.paths.filter((path) => path.from === slot && path.count === 1);
  const replacement = Math.max(owner.replacement, ...earlier.map((path) => path.replacement)) + 1;
  const path = createPath(home.groupName, {
    from: slot,
    count: 1,
    replacement,
    placement: owner.placement,
    proof: owner.proof,
  });
  return quiet({
    ...home,
    paths: [...home.paths, path].sort((left, right) => left.from - right.from),
    replacedIds: [...home.replacedIds, id],
  });
}

/** Obeys what was remembered, now that the paths are closed (rule R7). */
function finish(step: HomeStep): HomeStep {
  const { home } = step;
  if (home.isSettling) return step;
  const paths = home.paths.map((path): ChunkPath => {
    if (!isClosed(path)) return path;
    if (path.isToSkip) return { ...path, phase: 'skipped' };
    if (home.ending === null) return path;
    if (path.phase === 'parked' && home.ending.as === 'parked') return path;
    return { ...path, phase: home.ending.as, refusal: path.refusal ?? home.ending.refusal };
  });
  const isEnding = home.ending !== null;
  return {
    home: { ...home, paths },
    commands: isEnding
      ? step.commands.filter((command) => command.type === 'owned')
      : step.commands,
  };
}

function inCreating(home: HomeChunk, name: string, then: (path: ChunkPath) => HomeStep): HomeStep {
  return inPhase(home, { path: name, phases: ['creating'] }, (path) => {
    const step = then(path);
    return step.home.isSettling ? step : finish(step);
  });
}

function inPhase(
  home: HomeChunk,
  { path: name, phases }: { path: string; phases: readonly PathPhase[] },
  then: (path: ChunkPath) => HomeStep,
): HomeStep {
  const path = home.paths.find((candidate) => candidate.name === name);
  return path !== undefined && phases.includes(path.phase) ? then(path) : quiet(home);
}

function getPath(home: HomeChunk, name: string): ChunkPath {
  const path = home.paths.find((candidate) => candidate.name === name);
  if (path === undefined) throw new Error(`no path ${name} in home chunk ${home.name}`);
  return path;
}

function putPath(home: HomeChunk, path: ChunkPath): HomeChunk {
  return {
    ...home,
    paths: home.paths.map((other) => (other.name === path.name ? path : other)),
  };
}

function quiet(home: HomeChunk): HomeStep {
  return { home, commands: [] };
}

function join(first: HomeStep, second: HomeStep): HomeStep {
  return { home: second.home, commands: [...first.commands, ...second.commands] };
}
