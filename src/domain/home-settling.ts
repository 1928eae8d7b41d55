import { isClosed, type ChunkPath, type HomeChunk } from './home-chunk-state';
import type { HomeEvent, HomeRules, HomeStep } from './home-event';
import { finish, getPath, join, putPath, quiet } from './home-step';
import type { Refusal } from './refusal';
import { toRefused } from './refused-path';
import { dealFound } from './settle-deal';

/** What a settle or a definitive refusal does to a home chunk. */

/** Deals what was found, then decides about the paths that got nothing (rules R5 and R7). */
export function settle(
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

/** Applies a definitive refusal to a path. */
export function refuse(
  home: HomeChunk,
  path: ChunkPath,
  { refusal, rules, settles = 0 }: { refusal: Refusal; rules: HomeRules; settles?: number },
): HomeStep {
  const refused = toRefused(path, refusal, rules);
  return {
    home: putPath(home, {
      ...refused.path,
      settles: refusal.class === 'transient' ? settles : 0,
    }),
    commands: refused.commands,
  };
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

function parkForeign(step: HomeStep): HomeStep {
  const refusal: Refusal = { class: 'foreign', code: 'foreign-instance' };
  const paths = step.home.paths.map((path): ChunkPath =>
    isClosed(path) ? { ...path, phase: 'parked', refusal } : path,
  );
  return { ...step, home: { ...step.home, paths } };
}
