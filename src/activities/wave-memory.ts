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
  if (!failed.every(isFailedInstance)) return fresh;
  if (!isPartOf([...pending, ...failed.map(({ id }) => id)], ids)) return fresh;
  return {
    pending: pending as string[],
    failed,
    waitedMs: isDuration(waitedMs) ? waitedMs : 0,
  };
}

/**
 * Whether all of a list are ids of a wave, and each of them once: what stood there twice would count
 * twice.
 */
export function isPartOf(list: readonly unknown[], ids: readonly string[]): boolean {
  const known = new Set<unknown>(ids);
  return list.every((id) => known.has(id)) && new Set(list).size === list.length;
}

function isFailedInstance(value: unknown): value is FailedInstance {
  if (typeof value !== 'object' || value === null) return false;
  const { id, status } = value as Partial<Record<keyof FailedInstance, unknown>>;
  return typeof id === 'string' && typeof status === 'string';
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
