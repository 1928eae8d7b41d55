import type { Look } from '../cloud/readiness-port';

/** Keeps looks until somebody has time for them. */
export class LookInbox {
  private looks: Look[] = [];
  private failure: { readonly error: unknown } | null = null;
  private wake: () => void = () => undefined;

  add(look: Look): void {
    this.looks.push(look);
    this.wake();
  }

  /** No more looks will come. */
  fail(error: unknown): void {
    this.failure = { error };
    this.wake();
  }

  /**
   * Takes what has come.
   *
   * @throws what {@link LookInbox.fail} was told
   */
  takeAll(): readonly Look[] {
    if (this.failure !== null) throw this.failure.error;
    const looks = this.looks;
    this.looks = [];
    return looks;
  }

  /** Resolves when there is something to take, after the time, or when the signal comes. */
  wait(patienceMs: number, signal: AbortSignal): Promise<void> {
    if (this.looks.length > 0 || this.failure !== null || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, patienceMs);
      signal.addEventListener('abort', done);
      this.wake = done;
    });
  }
}
