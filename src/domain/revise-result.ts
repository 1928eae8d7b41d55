import type { LogEntry } from './progress';
import type { Orphan, ResultDocument, ResultInstance } from './result';

/** What becomes of a document when its instances have changed after the end of the batch. */
export interface ResultRevision {
  /** One entry: who changed what, and why. */
  readonly log: LogEntry;
  /** Ids that the document lists and that are no longer there. */
  readonly missing: readonly string[];
  /** Ids that were orphans and are none any more. */
  readonly settledOrphans: readonly string[];
  /** Orphans that nobody knew of. */
  readonly foundOrphans?: readonly Orphan[];
}

/** How many instances of a group are in which state. */
interface GroupTally {
  listed: number;
  ready: number;
  released: number;
  gone: number;
}

/**
 * Counts instances by group, one after the other, so that a list of any length costs no memory.
 * Together with {@link reviseResult} it is the one place that changes an ended batch's document.
 */
export class InstanceTally {
  private readonly groups = new Map<string, GroupTally>();

  add({ group, state }: Pick<ResultInstance, 'group' | 'state'>): void {
    const tally = this.of(group);
    tally.listed += 1;
    if (state === 'ready') tally.ready += 1;
    if (state === 'released') tally.released += 1;
    if (state === 'gone') tally.gone += 1;
  }

  /** The tally of one group; all zero when it lists nothing. */
  of(group: string): GroupTally {
    const known = this.groups.get(group) ?? { listed: 0, ready: 0, released: 0, gone: 0 };
    this.groups.set(group, known);
    return known;
  }
}

/**
 * The next revision of a document. What a slot never got stays parked or skipped, unless an instance
 * stands for it now.
 *
 * @param document - the latest revision
 * @param tally - every instance of the list as it is now, counted
 * @param revision - what else has changed
 */
export function reviseResult(
  document: ResultDocument,
  tally: InstanceTally,
  revision: ResultRevision,
): ResultDocument {
  const groups = document.groups.map(({ name, slots }) => {
    const { listed, ready, released, gone } = tally.of(name);
    return { name, slots, ready, failed: listed - ready - released, listed, released, gone };
  });
  const orphans = reviseOrphans(document.orphans, revision);
  const { slots } = document.counts;
  const without = slots - sum(groups.map(({ listed }) => listed));
  const skipped = Math.min(document.counts.skipped, without);
  return {
    ...document,
    revision: document.revision + 1,
    counts: {
      slots,
      ready: sum(groups.map(({ ready }) => ready)),
      failed: sum(groups.map(({ failed }) => failed)),
      parked: without - skipped,
      skipped,
      released: sum(groups.map(({ released }) => released)),
      orphans: orphans.length + (document.omitted?.orphans ?? 0),
      ...toGone(sum(groups.map(({ gone }) => gone))),
    },
    groups: groups.map(({ name, slots: own, ready, failed, gone }) => ({
      name,
      slots: own,
      ready,
      failed,
      ...toGone(gone),
    })),
    orphans,
    missing: [...new Set([...document.missing, ...revision.missing])],
    log: [...document.log, revision.log],
  };
}

function reviseOrphans(
  known: readonly Orphan[],
  { settledOrphans, foundOrphans = [] }: ResultRevision,
): readonly Orphan[] {
  const settled = new Set(settledOrphans);
  const byId = new Map([...known, ...foundOrphans].map((orphan) => [orphan.id, orphan]));
  return [...byId.values()].filter(({ id }) => !settled.has(id));
}

function toGone(gone: number): { readonly gone?: number } {
  return gone === 0 ? {} : { gone };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
