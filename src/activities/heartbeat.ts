import { Context } from '@temporalio/activity';

/** Pauses that end early when the attempt is told to stop. */
export interface AttemptLife {
  /** Whether the attempt was paused, reset or cancelled, or its worker shuts down. */
  isStopping(): boolean;
  /** Waits, but not beyond the moment when the attempt is told to stop. */
  pause(ms: number): Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Runs an activity's body with a heartbeat in the background: only so does an attempt hear that it
 * should stop, and only so does the server miss it soon after a crash.
 *
 * @param run - the body
 * @param toDetails - what each heartbeat leaves for the next attempt; the last one counts
 */
export async function withHeartbeat<T>(
  run: (life: AttemptLife) => Promise<T>,
  toDetails: () => unknown = () => undefined,
): Promise<T> {
  const context = Context.current();
  const timeoutMs = context.info.heartbeatTimeoutMs ?? 30_000;
  const timer = setInterval(() => context.heartbeat(toDetails()), Math.max(500, timeoutMs / 4));
  timer.unref();
  const signal = context.cancellationSignal;
  try {
    return await run({
      isStopping: () => signal.aborted,
      pause: (ms) => pauseUntil(ms, signal),
      signal,
    });
  } finally {
    clearInterval(timer);
  }
}

function pauseUntil(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
