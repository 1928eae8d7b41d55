import { setTimeout } from 'node:timers/promises';

/** Pause after the first look. */
const PAUSE_MIN_MS = 20;

/** Longest pause. A look costs two processes as much as many a step of a batch. */
const PAUSE_MAX_MS = 250;

/** Pause by what has been waited so far: what took long is seen late by no more than this part. */
const PAUSE_PART = 0.1;

/**
 * Looks again and again until it is as wanted.
 *
 * @param look - what is looked at
 * @param isReached - whether that is it
 * @param timeoutMs - longest wait
 * @returns what was seen last
 * @throws Error with what was seen last, when the time is over
 */
export async function waitFor<T>(
  look: () => T | Promise<T>,
  isReached: (value: T) => boolean,
  timeoutMs = 60_000,
): Promise<T> {
  const startedMs = performance.now();
  const waitedMs = (): number => performance.now() - startedMs;
  let value = await look();
  while (!isReached(value) && waitedMs() <= timeoutMs) {
    await setTimeout(Math.min(PAUSE_MAX_MS, Math.max(PAUSE_MIN_MS, waitedMs() * PAUSE_PART)));
    value = await look();
  }
  if (isReached(value)) return value;
  throw new Error(`not reached in ${timeoutMs} ms; last seen: ${JSON.stringify(value)}`);
}
