import type { RefusedFollowUp } from '../contract/follow-up-types';
import { isPartOf } from './wave-memory';

/** What an attempt leaves for the next one; safe to be stale or lost, since steps can be repeated. */
export interface FollowUpMemory {
  /** How many instances the step has gone through for. */
  readonly done: number;
  readonly pending: readonly string[];
  readonly refused: readonly RefusedFollowUp[];
  /** Of the pending ones, those that took the change and are waited for; absent: the step waits for none. */
  readonly begun?: readonly string[];
}

/** Reads what an earlier attempt, perhaps of another version, has left; anything odd starts anew. */
export function readFollowUpMemory(details: unknown, ids: readonly string[]): FollowUpMemory {
  const fresh: FollowUpMemory = { done: 0, pending: ids, refused: [] };
  if (typeof details !== 'object' || details === null) return fresh;
  const { done, pending, refused, begun } = details as Partial<
    Record<keyof FollowUpMemory, unknown>
  >;
  if (!Array.isArray(pending) || !Array.isArray(refused)) return fresh;
  if (!refused.every(isRefusedFollowUp)) return fresh;
  const over = refused.flatMap((each) => each.ids);
  const isWhole = done === ids.length - pending.length - over.length;
  if (!isWhole || !isPartOf([...pending, ...over], ids)) return fresh;
  const memory = { done, pending: pending as string[], refused };
  return Array.isArray(begun) && isPartOf(begun, memory.pending)
    ? { ...memory, begun: begun as string[] }
    : memory;
}

function isRefusedFollowUp(value: unknown): value is RefusedFollowUp {
  if (typeof value !== 'object' || value === null) return false;
  const { ids, refusal } = value as Partial<RefusedFollowUp>;
  return (
    Array.isArray(ids) &&
    typeof refusal === 'object' &&
    typeof refusal?.code === 'string' &&
    typeof refusal.class === 'string'
  );
}
