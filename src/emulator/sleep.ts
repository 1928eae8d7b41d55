/**
 * Waits without keeping the process alive: an emulator that was told to stop must not linger for
 * an answer that nobody waits for.
 *
 * @param durationMs - 0 or less resolves at once
 */
export function sleep(durationMs: number): Promise<void> {
  if (durationMs <= 0) return Promise.resolve();
  return new Promise((resolve) => setTimeout(resolve, durationMs).unref());
}
