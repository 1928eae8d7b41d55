import { setTimeout } from 'node:timers/promises';

/** Pause between two looks. */
const PAUSE_MS = 20;

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
  timeoutMs = 30_000,
): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs;
  let value = await look();
  while (!isReached(value) && Date.now() <= deadlineMs) {
    await setTimeout(PAUSE_MS);
    value = await look();
  }
  if (isReached(value)) return value;
  throw new Error(`not reached in ${timeoutMs} ms; last seen: ${JSON.stringify(value)}`);
}
