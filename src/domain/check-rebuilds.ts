import type { Group } from './batch-request';
import type { CheckPlace } from './check-object';

/**
 * What is in the recycle bin can be brought back once, so two groups must not ask for the same.
 *
 * @param place - of the list of groups
 */
export function checkRebuilds(groups: readonly Group[], { path, problems }: CheckPlace): void {
  const seen = new Map<string, number>();
  groups.forEach(({ spec }, index) => {
    const { rebuildInstance, sourceInstanceId } = spec;
    if (!rebuildInstance || sourceInstanceId === undefined) return;
    const twin = seen.get(sourceInstanceId);
    if (twin === undefined) seen.set(sourceInstanceId, index);
    else {
      const message = `is brought back by groups[${twin}] already; the recycle bin has it once.`;
      const where = [...path, index, 'spec', 'sourceInstanceId'];
      problems.push({ path: where, code: 'duplicate', message });
    }
  });
}
