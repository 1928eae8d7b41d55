import { sleep } from '@temporalio/workflow';

/** Timers that end at the same moment are one timer: after a reset every chunk waits alike. */
export class SharedTimers {
  private readonly byDueTime = new Map<number, Promise<void>>();

  /** Waits; the summary is what an operator reads in the Temporal UI. */
  wait(ms: number, summary: string): Promise<void> {
    const dueAtMs = Date.now() + ms;
    const known = this.byDueTime.get(dueAtMs);
    if (known !== undefined) return known;
    const timer = sleep(ms, { summary }).finally(() => this.byDueTime.delete(dueAtMs));
    this.byDueTime.set(dueAtMs, timer);
    return timer;
  }
}
