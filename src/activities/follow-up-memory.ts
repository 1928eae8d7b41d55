import type { RefusedFollowUp } from '../contract/follow-up-types';

/** What an attempt leaves for the next one; safe to be stale or lost, since steps can be repeated. */
export interface FollowUpMemory {
  /** How many instances the step has gone through for. */
  readonly done: number;
  readonly pending: readonly string[];
  readonly refused: readonly RefusedFollowUp[];
}

/** Reads what an earlier attempt, perhaps of another version, has left; anything odd starts anew. */
export function readFollowUpMemory(details: unknown, ids: readonly string[]): FollowUpMemory {
  const fresh: FollowUpMemory = { done: 0, pending: ids, refused: [] };
  if (typeof details !== 'object' || details === null) return fresh;
  const { done, pending, refused } = details as Partial<FollowUpMemory>;
  if (typeof done !== 'number' || !Array.isArray(pending) || !Array.isArray(refused)) return fresh;
  const known = new Set<unknown>(ids);
  const areKnown = (list: unknown): boolean =>
    Array.isArray(list) && list.every((id) => known.has(id));
  const isSane =
    areKnown(pending) &&
    refused.every(
      (each: Partial<RefusedFollowUp> | null) =>
        areKnown(each?.ids) && typeof each?.refusal?.code === 'string',
    );
  return isSane ? { done, pending: pending as string[], refused } : fresh;
}
