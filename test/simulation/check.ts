import { listOwnedIds, type HomeChunk } from '../../src/domain/home-chunk-state';
import { findReusedTokens } from '../../src/domain/invariants';
import { countGroups } from '../../src/domain/shard-progress';
import { addCounts, isBalanced, NO_SLOTS } from '../../src/domain/progress';
import type { BatchDriver } from './batch-driver';
import type { BatchPlan } from './batch-plan';

/** Whether more was bought than was ever asked for: true at no moment. */
export function isOverbought(driver: BatchDriver, plan: BatchPlan): boolean {
  return driver.outside.cloud.listHealthy().length > plan.slots;
}

/** What is wrong with a run that has ended, or that should have. */
export function findFaultsAtEnd(
  driver: BatchDriver,
  plan: BatchPlan,
  { hasEnded }: { hasEnded: boolean },
): string[] {
  const { cloud } = driver.outside;
  const wrong = [...driver.violations];
  if (isOverbought(driver, plan)) {
    wrong.push(`${cloud.listHealthy().length} healthy instances, ${plan.slots} asked for`);
  }
  wrong.push(...findReusedTokens(cloud.sent).map(({ detail }) => detail));
  if (wrong.length > 0) return wrong;
  if (!driver.isDone) return ['the batch did not end'];
  return [...findUnaccounted(driver, hasEnded), ...(hasEnded ? [] : findEmptySlots(driver, plan))];
}

function findUnaccounted({ model, outside }: BatchDriver, hasEnded: boolean): string[] {
  const owned = new Set(model.shard.homes.flatMap(listOwnedIds));
  const orphans = new Set(model.orphans ?? []);
  return outside.cloud.listHealthy().flatMap(({ id }) => {
    if (orphans.has(id) && !hasEnded) return [`${id} is an orphan without need`];
    if (owned.has(id) && orphans.has(id)) return [`${id} is owned and called an orphan`];
    return owned.has(id) || orphans.has(id) ? [] : [`${id} lives, and nobody knows it`];
  });
}

function findEmptySlots({ model }: BatchDriver, plan: BatchPlan): string[] {
  const counts = countGroups(model.shard)
    .map((group) => group.counts)
    .reduce(addCounts, NO_SLOTS);
  const bought = counts.ready + counts.starting + counts.failed;
  const wrong = bought === plan.slots ? [] : [`${bought} of ${plan.slots} slots are filled`];
  return isBalanced(counts) ? wrong : [...wrong, 'the progress does not add up'];
}

/** A home chunk in a line, for explanations. */
export function toLine(home: HomeChunk): string {
  const paths = home.paths.map(
    ({ name, phase, epoch, ids }) => `${name}.e${epoch} ${phase} [${ids.join(' ')}]`,
  );
  return `${home.name}: ${paths.join(', ')}`;
}
