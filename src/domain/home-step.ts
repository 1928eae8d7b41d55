import { isClosed, type ChunkPath, type HomeChunk, type PathPhase } from './home-chunk-state';
import type { HomeStep } from './home-event';
import type { Since } from './proof';

/** The small moves that the home chunk's state machine is made of. */

/** A step without commands. */
export function quiet(home: HomeChunk): HomeStep {
  return { home, commands: [] };
}

/** Two steps in a row. */
export function join(first: HomeStep, second: HomeStep): HomeStep {
  return { home: second.home, commands: [...first.commands, ...second.commands] };
}

/** The path of this name, which must exist. */
export function getPath(home: HomeChunk, name: string): ChunkPath {
  const path = home.paths.find((candidate) => candidate.name === name);
  if (path === undefined) throw new Error(`no path ${name} in home chunk ${home.name}`);
  return path;
}

/** Replaces the path of the same name. */
export function putPath(home: HomeChunk, path: ChunkPath): HomeChunk {
  return {
    ...home,
    paths: home.paths.map((other) => (other.name === path.name ? path : other)),
  };
}

/** Goes on only when the path is in one of the phases; else the event came too late. */
export function inPhase(
  home: HomeChunk,
  { path: name, phases }: { path: string; phases: readonly PathPhase[] },
  then: (path: ChunkPath) => HomeStep,
): HomeStep {
  const path = home.paths.find((candidate) => candidate.name === name);
  return path !== undefined && phases.includes(path.phase) ? then(path) : quiet(home);
}

/** Puts a path in doubt until a settle; nothing of the home chunk is sent meanwhile. */
export function startSettling(
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

/** Obeys what was remembered, now that the paths are closed (rule R7). */
export function finish(step: HomeStep): HomeStep {
  const { home } = step;
  if (home.isSettling) return step;
  const paths = home.paths.map((path): ChunkPath => {
    if (!isClosed(path)) return path;
    if (path.isToSkip) return { ...path, phase: 'skipped' };
    if (home.ending === null) return path;
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
