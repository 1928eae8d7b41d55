import {
  isClosed,
  isOpen,
  listIgnoredIds,
  type ChunkPath,
  type HomeChunk,
} from './home-chunk-state';
import type { HomeEvent, HomeRules, HomeStep } from './home-event';
import { applyOrder } from './home-orders';
import { refuse, settle } from './home-settling';
import { finish, inPhase, putPath, quiet, startSettling } from './home-step';
import type { Refusal } from './refusal';

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
        goRound(home, path, { refusal: event.refusal, rules }),
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

/** A create in flight will end in doubt by itself, and its settle then serves the others too. */
function doubt(home: HomeChunk, event: Extract<HomeEvent, { type: 'doubt' }>): HomeStep {
  if (isOpen(home) || !home.paths.some(isClosed)) return quiet(home);
  const paths = home.paths.map((path): ChunkPath =>
    path.phase === 'planned' ? { ...path, phase: 'settling' } : path,
  );
  return {
    home: { ...home, paths, isSettling: true, since: event.since, wasOpen: true },
    commands: [{ type: 'settle', afterMs: event.waitMs }],
  };
}

function schedule(home: HomeChunk, name: string): HomeStep {
  if (isOpen(home)) return quiet(home);
  return inPhase(home, { path: name, phases: ['planned'] }, (path) => ({
    home: putPath(home, { ...path, phase: 'creating', refusal: null }),
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
function goRound(
  home: HomeChunk,
  path: ChunkPath,
  { refusal, rules }: { refusal: Refusal; rules: HomeRules },
): HomeStep {
  const rounds = path.rounds + 1;
  const next = { ...path, rounds, refusal };
  if (refusal.class === 'transient' && rounds >= rules.transientRoundsMax) {
    return startSettling(putPath(home, next), path.name, { since: null, waitMs: 0 });
  }
  return finish({
    home: putPath(home, { ...next, phase: 'backingOff' }),
    commands: [{ type: 'backOff', path: path.name, rounds }],
  });
}

function inCreating(home: HomeChunk, name: string, then: (path: ChunkPath) => HomeStep): HomeStep {
  return inPhase(home, { path: name, phases: ['creating'] }, (path) => {
    const step = then(path);
    return step.home.isSettling ? step : finish(step);
  });
}
