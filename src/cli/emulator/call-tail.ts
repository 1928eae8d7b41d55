import type { LogEntry } from '../../emulator/request-log';

/** Knows which calls were told already, look after look. */
export interface CallTail {
  /** `seq` after which the next look begins. */
  since(): number;
  /** Tells how far the log goes: when it has begun anew, so does the tail. */
  noteNewest(seq: number): void;
  /**
   * Picks the calls to tell now: each once, when it is answered, or when it has run for long.
   *
   * @param calls - all after {@link since}, oldest first
   * @param nowMs - milliseconds since 1970
   */
  take(calls: readonly LogEntry[], nowMs: number): readonly LogEntry[];
}

/** A call that hangs must not keep those behind it in memory for ever. */
const PATIENCE_MS = 10_000;

/**
 * Builds a tail.
 *
 * @param since - `seq` of the last call that is not wanted
 */
export function createCallTail(since: number): CallTail {
  let told = new Set<number>();
  let after = since;
  return {
    since: () => after,
    noteNewest(seq) {
      if (seq >= after) return;
      after = 0;
      told = new Set();
    },
    take(calls, nowMs) {
      const due = calls.filter(
        ({ seq, status, at }) =>
          !told.has(seq) && (status !== null || nowMs - Date.parse(at) > PATIENCE_MS),
      );
      for (const { seq } of due) told.add(seq);
      const waiting = calls.find(({ seq }) => !told.has(seq));
      after = waiting === undefined ? (calls.at(-1)?.seq ?? after) : waiting.seq - 1;
      told = new Set([...told].filter((seq) => seq > after));
      return due;
    },
  };
}
