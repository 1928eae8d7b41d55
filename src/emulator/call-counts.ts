import type { LogEntry } from './request-log';

/**
 * Counts of one action. `received` is the sum of the other four and the calls still running: a call
 * in which a fault fired counts as `faulted`, whatever it was answered.
 */
export interface CallCounts {
  received: number;
  ok: number;
  refused: number;
  throttled: number;
  faulted: number;
}

/** Counts of all actions since the start or the last reset. */
export class CallCounter {
  private readonly counts = new Map<string, CallCounts>();

  /** Counts a call that has arrived. */
  countReceived(action: string): void {
    this.of(action).received += 1;
  }

  /** Counts a call by its completed log entry. */
  countAnswered(entry: LogEntry, isThrottled: boolean): void {
    const counts = this.of(entry.action);
    if (entry.fault !== null) counts.faulted += 1;
    else if (isThrottled) counts.throttled += 1;
    else if (entry.code === null) counts.ok += 1;
    else counts.refused += 1;
  }

  /** The counts by action name. */
  toObject(): Record<string, CallCounts> {
    return Object.fromEntries(this.counts);
  }

  private of(action: string): CallCounts {
    const known = this.counts.get(action);
    if (known !== undefined) return known;
    const fresh = { received: 0, ok: 0, refused: 0, throttled: 0, faulted: 0 };
    this.counts.set(action, fresh);
    return fresh;
  }
}
