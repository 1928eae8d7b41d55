import type { HomeChunk } from './home-chunk-state';
import { findHomeViolations, type Violation } from './invariants';

/**
 * Watches the home chunks of a shard from step to step. A step looks only at what it has changed, so
 * that watching costs as much in a shard of thousands of slots as in one of ten.
 */
export class InvariantWatch {
  private homes: readonly HomeChunk[] = [];
  /** Which home chunk owns an id, by its position. */
  private readonly owners = new Map<string, number>();

  /**
   * What is wrong after a step.
   *
   * @param homes - all home chunks of the shard; those that are the same objects as in the step before
   *   are taken for unchanged
   * @returns empty in every legal state
   */
  check(homes: readonly HomeChunk[]): readonly Violation[] {
    const before = this.homes;
    const changed = homes.filter((home, index) => home !== before[index]);
    this.homes = homes;
    for (const { index } of changed) this.forget(before[index]);
    return changed.flatMap((home) => [...findHomeViolations(home), ...this.claim(home)]);
  }

  private forget(home: HomeChunk | undefined): void {
    for (const { ids } of home?.paths ?? []) for (const id of ids) this.owners.delete(id);
  }

  private claim({ index, paths }: HomeChunk): readonly Violation[] {
    return paths.flatMap((path) =>
      path.ids.flatMap((id): readonly Violation[] => {
        const owner = this.owners.get(id);
        this.owners.set(id, index);
        if (owner === undefined) return [];
        const detail = `${id} is owned by ${path.name} and by a path of home chunk ${owner}`;
        return [{ invariant: 'one-owner', detail }];
      }),
    );
  }
}

/** Everything that is wrong with these home chunks; empty in every legal state. */
export function findViolations(homes: readonly HomeChunk[]): readonly Violation[] {
  return new InvariantWatch().check(homes);
}
