import type { Parameters } from './protocol/parameters';
import { redactParameters } from './redaction';

/** One API call as the control API shows it. Members that are null are not known yet. */
export interface LogEntry {
  /** From 1, in order of arrival, without gaps. */
  readonly seq: number;
  /** Arrival, ISO 8601. */
  readonly at: string;
  readonly action: string;
  readonly requestId: string;
  /** All parameters but the signature, with secrets replaced. */
  readonly params: Readonly<Record<string, string>>;
  /** HTTP status; null while the call runs, 0 when the connection was cut instead of an answer. */
  status: number | null;
  /** The error code that was answered. */
  code: string | null;
  /** The kind of fault that fired, and when. */
  fault: string | null;
  /** Ids that the answer named: of creations and deletions, and those on a page of DescribeInstances. */
  ids: readonly string[];
  /** Ids that this call created or deleted, whatever the answer said. */
  committedIds: readonly string[];
  /** True when this call created or deleted at least one instance. */
  committed: boolean;
  durationMs: number | null;
}

/** What is known of a call when it arrives. */
export interface LogOpening {
  readonly action: string;
  readonly requestId: string;
  readonly parameters: Parameters;
  readonly nowMs: number;
}

/** The calls of one emulator, in memory, the oldest dropped first. */
export class RequestLog {
  private entries: LogEntry[] = [];
  private lastSeq = 0;

  /** Notes a call that has arrived. The entry is completed when it has been answered. */
  open(opening: LogOpening, limit: number): LogEntry {
    this.lastSeq += 1;
    const entry: LogEntry = {
      seq: this.lastSeq,
      at: new Date(opening.nowMs).toISOString(),
      action: opening.action,
      requestId: opening.requestId,
      params: redactParameters(opening.parameters),
      status: null,
      code: null,
      fault: null,
      ids: [],
      committedIds: [],
      committed: false,
      durationMs: null,
    };
    this.entries.push(entry);
    this.dropBeyond(limit);
    return entry;
  }

  /** The entries after `since`, oldest first. Those that arrive meanwhile are not included. */
  *list(since: number, matches: (entry: LogEntry) => boolean): Generator<LogEntry> {
    const entries = this.entries;
    const last = this.lastSeq;
    for (let i = this.indexAfter(since); i < entries.length; i += 1) {
      const entry = entries[i];
      if (entry === undefined || entry.seq > last) return;
      if (matches(entry)) yield entry;
    }
  }

  /** The latest entries after `since` that match, at most `last` of them, oldest first. */
  listLatest(
    since: number,
    { last, matches }: { readonly last: number; matches(entry: LogEntry): boolean },
  ): readonly LogEntry[] {
    const found: LogEntry[] = [];
    const first = this.indexAfter(since);
    for (let i = this.entries.length - 1; i >= first && found.length < last; i -= 1) {
      const entry = this.entries[i];
      if (entry !== undefined && matches(entry)) found.push(entry);
    }
    return found.reverse();
  }

  private indexAfter(since: number): number {
    const first = this.entries[0]?.seq ?? 1;
    return Math.max(0, since + 1 - first);
  }

  /** Cuts the array only when a quarter of it is superfluous: cutting at each call would be slow. */
  private dropBeyond(limit: number): void {
    const superfluous = this.entries.length - limit;
    if (superfluous > limit / 4) this.entries = this.entries.slice(superfluous);
  }
}
