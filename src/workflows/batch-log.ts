import type { ActionNote } from '../contract/messages';
import type { LogEntry } from '../domain/progress';

/** Who did what to a batch, and why; a part of its progress and of its result. */
export class BatchLog {
  private readonly written: LogEntry[];

  /** @param earlier - what earlier runs of the same execution have written */
  constructor(earlier: readonly LogEntry[] = []) {
    this.written = [...earlier];
  }

  /** Adds an entry with the workflow's time. */
  record(action: string, { by, why, ticket }: ActionNote = {}, detail?: string): void {
    this.written.push({
      atMs: Date.now(),
      action,
      ...(by === undefined ? {} : { by }),
      ...(why === undefined ? {} : { why }),
      ...(ticket === undefined ? {} : { ticket }),
      ...(detail === undefined ? {} : { detail }),
    });
  }

  get entries(): readonly LogEntry[] {
    return [...this.written];
  }
}
