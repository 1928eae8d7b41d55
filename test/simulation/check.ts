import { listOwnedIds, type HomeChunk } from '../../src/domain/home-chunk-state';
import { findReusedTokens, type Violation, type WorldInvariant } from '../../src/domain/invariants';
import { countGroups } from '../../src/domain/shard-progress';
import { listPaths } from '../../src/domain/shard-state';
import type { BatchDriver } from './batch-driver';
import type { BatchPlan } from './batch-plan';

/** Whether more was bought than was ever asked for: true at no moment. */
export function isOverbought(driver: BatchDriver, plan: BatchPlan): boolean {
  return driver.outside.cloud.healthyCount > plan.slots;
}

/** What is wrong with a run that has ended, or that should have. */
export function findFaultsAtEnd(
  driver: BatchDriver,
  plan: BatchPlan,
  { hasEnded }: { hasEnded: boolean },
): readonly Violation[] {
  const { cloud } = driver.outside;
  const wrong = [
    ...driver.violations,
    ...findReusedTokens(cloud.sent),
    ...findNeedlessReplacements(driver, plan),
  ];
  if (isOverbought(driver, plan)) {
    const detail = `${cloud.healthyCount} healthy instances, ${plan.slots} asked for`;
    wrong.push(broken('never-too-many', detail));
  }
  // Whoever cannot search cannot end either: that nothing is bought twice is all there is to keep.
  if (wrong.length > 0 || cloud.isBlind) return wrong;
  if (!driver.isDone) return [broken('batch-ends', 'the batch did not end')];
  return [...findUnaccounted(driver, hasEnded), ...(hasEnded ? [] : findEmptySlots(driver, plan))];
}

function findNeedlessReplacements(
  { model }: BatchDriver,
  { replacementsMax }: BatchPlan,
): readonly Violation[] {
  return listPaths(model.shard).flatMap(({ path }) => {
    if (path.replacement <= replacementsMax) return [];
    const detail = `${path.name} is bought although ${replacementsMax} replacements are allowed`;
    return [broken('replaced-as-allowed', detail)];
  });
}

function findUnaccounted(driver: BatchDriver, hasEnded: boolean): readonly Violation[] {
  const { model, outside } = driver;
  const owned = new Set(model.shard.homes.flatMap(listOwnedIds));
  const orphans = new Set(model.orphans ?? []);
  return outside.cloud.listHealthy().flatMap(({ id, name }) => {
    if (owned.has(id) && orphans.has(id)) {
      return [broken('no-needless-orphan', `${id} is owned and called an orphan`)];
    }
    if (orphans.has(id) && !(hasEnded && isGivenUpUnseen(driver, name))) {
      return [broken('no-needless-orphan', `${id} is an orphan without need`)];
    }
    if (owned.has(id) || orphans.has(id)) return [];
    return [broken('all-accounted-for', `${id} lives, and nobody knows it`)];
  });
}

/**
 * Whether a slot of this name was given up in a run that did not know what an earlier one had bought for
 * it: skipped, or not replaced any more. Its proof is of a run that went on after the point it was reset
 * to; a slot without any proof is in doubt, and settles first.
 */
function isGivenUpUnseen({ model, run }: BatchDriver, name: string): boolean {
  const home = model.shard.homes.find((each) => each.name === name);
  const failed = new Set(home?.failed.map(({ id }) => id));
  return (home?.paths ?? []).some(
    ({ phase, proof, ids }) =>
      proof !== null &&
      proof.runId !== run.id &&
      (phase === 'skipped' || ids.some((id) => failed.has(id))),
  );
}

/** Groups that nothing may be bought for, at any of their placements, may stay empty. */
function findEmptySlots({ model }: BatchDriver, { request }: BatchPlan): readonly Violation[] {
  return countGroups(model.shard).flatMap(({ group, counts }): readonly Violation[] => {
    const { count, placements } = request.groups[group]!;
    const bought = counts.ready + counts.starting + counts.failed;
    const barred = model.bars.filter((bar) => bar.group === group);
    if (bought === count || barred.length === placements.length) return [];
    return [broken('all-slots-filled', `${bought} of ${count} slots of group ${group} are filled`)];
  });
}

function broken(invariant: WorldInvariant, detail: string): Violation {
  return { invariant, detail };
}

/** A home chunk in a line, for explanations. */
export function toLine(home: HomeChunk): string {
  const paths = home.paths.map(
    ({ name, phase, epoch, ids }) => `${name}.e${epoch} ${phase} [${ids.join(' ')}]`,
  );
  return `${home.name}: ${paths.join(', ')}`;
}
