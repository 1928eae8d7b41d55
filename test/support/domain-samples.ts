import { applyToHome } from '../../src/domain/home-chunk';
import type { HomeRules, HomeStep } from '../../src/domain/home-event';
import type { HomeEvent } from '../../src/domain/home-event';
import { createHomeChunk, type ChunkPath, type HomeChunk } from '../../src/domain/home-chunk-state';
import type { Proof } from '../../src/domain/proof';
import type { ErrorClass, Refusal } from '../../src/domain/refusal';

/** The proof of the run that the tests are in, and one of an earlier run. */
export const PROOF: Proof = { runId: 'this-run' };
export const OLD_PROOF: Proof = { runId: 'old-run' };

/** Rules with small numbers. */
export const HOME_RULES: HomeRules = {
  transientRoundsMax: 2,
  settleRoundsMax: 3,
  placementCount: 2,
  firstPlacement: 0,
  soldOut: [],
};

/** A refusal of a class. */
export function createRefusal(errorClass: ErrorClass): Refusal {
  return { class: errorClass, code: `Code.${errorClass}` };
}

/** A proven home chunk of group `g` with its one path, `g/0-<count - 1>`. */
export function createProvenHome(count: number): HomeChunk {
  const home = createHomeChunk({
    index: 0,
    group: 0,
    groupName: 'g',
    name: 'g-aaaaaaaaaa-s0000c0000',
    from: 0,
    count,
  });
  return { ...home, paths: home.paths.map((path) => ({ ...path, proof: PROOF })) };
}

/** Applies events one after the other; the commands are those of the last one. */
export function applyAll(home: HomeChunk, ...events: readonly HomeEvent[]): HomeStep {
  return events.reduce<HomeStep>((step, event) => applyToHome(step.home, event, HOME_RULES), {
    home,
    commands: [],
  });
}

/** The path of this name. */
export function pathOf(home: HomeChunk, name: string): ChunkPath {
  const path = home.paths.find((candidate) => candidate.name === name);
  if (path === undefined) throw new Error(`no path ${name}`);
  return path;
}

/** A healthy instance of ours, as a settle finds it. */
export function createFound(id: string, change: { isHealthy?: boolean; isOurs?: boolean } = {}) {
  return { id, isHealthy: true, isOurs: true, ...change };
}
