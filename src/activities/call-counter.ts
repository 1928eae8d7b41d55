import type { CallCounts } from '../contract/activity-types';

/** Counts what one activity does, by name. */
export class CallCounter {
  private readonly counts: Record<string, number> = {};

  add(name: string, count = 1): void {
    if (count > 0) this.counts[name] = (this.counts[name] ?? 0) + count;
  }

  toCounts(): CallCounts {
    return { ...this.counts };
  }
}
