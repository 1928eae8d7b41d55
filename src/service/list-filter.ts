import type { BatchPhase } from '../domain/progress';

/** A phase that an open batch can be in. */
export type OpenPhase = Exclude<BatchPhase, 'done'>;

/** Which batches. */
export interface ListFilter {
  readonly tenant?: string;
  /** Only open batches have a phase. */
  readonly phase?: OpenPhase;
  /** Only those that wait for a person. */
  readonly needsOperator?: boolean;
  /** Only those whose latest run is open. */
  readonly isOpen?: true;
  /** Only those whose latest run has ended. */
  readonly isEnded?: true;
  /** Only those whose latest run began then or later, ms since the epoch. */
  readonly startedAfterMs?: number;
  /** Only what comes after this row of an earlier list. */
  readonly after?: ListPosition;
  /** Most rows, 1 to 1,000. */
  readonly limit: number;
}

/** A row's place in the order of the list: open ones first, then by their end, then by their start. */
export interface ListPosition {
  readonly runId: string;
  readonly startedAtMs: number;
  /** Null while it is open. */
  readonly endedAtMs: number | null;
}
