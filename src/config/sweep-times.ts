import { parseDuration } from '../domain/duration';

/** Stands for "no sweep", since a variable cannot say an empty list. */
const NEVER = 'never';

const MIN_MS = 1_000;
const MAX_MS = 30 * 24 * 3_600_000;

/** Whether a text of `safety.sweepAfter` is a duration that makes sense, or says that there is none. */
export function isSweepTime(text: string): boolean {
  if (text === NEVER) return true;
  const durationMs = parseDuration(text);
  return durationMs !== null && durationMs >= MIN_MS && durationMs <= MAX_MS;
}

/**
 * When to look for orphans after the end of a batch.
 *
 * @param texts - checked durations
 * @returns ms, in ascending order, each once; empty when one of them is `never`
 */
export function toSweepTimesMs(texts: readonly string[]): readonly number[] {
  if (texts.includes(NEVER)) return [];
  const timesMs = texts.map(parseDuration).filter((timeMs) => timeMs !== null);
  return [...new Set(timesMs)].sort((left, right) => left - right);
}
