import type { FailedInstance } from '../domain/home-chunk-state';

/** What an attempt of a wave leaves for the next one: small, and safe to be stale or lost. */
export interface WaveMemory {
  readonly pending: readonly string[];
  readonly failed: readonly FailedInstance[];
  /** For how long the wave was waited for, ms. */
  readonly waitedMs: number;
}

/**
 * Reads what an earlier attempt, perhaps of another version, has left; anything odd starts anew.
 *
 * @param ids - all ids of the wave
 */
export function readWaveMemory(details: unknown, ids: readonly string[]): WaveMemory {
  const fresh: WaveMemory = { pending: ids, failed: [], waitedMs: 0 };
  if (typeof details !== 'object' || details === null) return fresh;
  const { pending, failed, waitedMs } = details as Partial<Record<keyof WaveMemory, unknown>>;
  if (!Array.isArray(pending) || !Array.isArray(failed)) return fresh;
  const known = new Set(ids);
  const isSane =
    pending.every((id) => known.has(id as string)) &&
    failed.every((each) => isFailedInstance(each) && known.has(each.id));
  if (!isSane) return fresh;
  const over = new Set((failed as FailedInstance[]).map(({ id }) => id));
  return {
    pending: (pending as string[]).filter((id) => !over.has(id)),
    failed: failed as FailedInstance[],
    waitedMs: isDuration(waitedMs) ? waitedMs : 0,
  };
}

function isFailedInstance(value: unknown): value is FailedInstance {
  if (typeof value !== 'object' || value === null) return false;
  const { id, status } = value as Partial<Record<keyof FailedInstance, unknown>>;
  return typeof id === 'string' && typeof status === 'string';
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
