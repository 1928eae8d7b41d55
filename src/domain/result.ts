import type { GroupPrice } from './batch-price';
import type { LogEntry, ParkedChunk } from './progress';

/** How a batch ended. */
export type Outcome = 'succeeded' | 'partial' | 'failed' | 'cancelled';

/** One instance of the result. */
export interface ResultInstance {
  /** Slot within its group, from 0. */
  readonly slot: number;
  readonly group: string;
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly zone: string;
  /** `ready`, or why it is not: the raw status, `notReadyInTime`, `missing` or `gone`. */
  readonly state: string;
  /** Host and port for clients, once the service shows them. */
  readonly endpoint?: string;
}

/** An instance that bears the batch's name and that no slot owns. */
export interface Orphan {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly status: string;
}

/** Counts of the result document. */
export interface ResultCounts {
  readonly slots: number;
  readonly ready: number;
  readonly failed: number;
  readonly parked: number;
  readonly skipped: number;
  readonly released: number;
  readonly orphans: number;
  /** Of the failed, those that somebody found gone after the end; absent for none. */
  readonly gone?: number;
}

/** Lists that are cut after {@link RESULT_ROWS_MAX} rows. */
export interface OmittedRows {
  /** `tairfleet reconcile` lists all of them. */
  readonly orphans: number;
  /** In the list of instances all have the state `missing`. */
  readonly missing: number;
  readonly orderIds: number;
}

/** Rows of a list of the document: a hundred bytes each, and the limit is 2 MiB for all of it. */
export const RESULT_ROWS_MAX = 1_000;

/** The final document of a batch and generation: the same by every way. */
export interface ResultDocument {
  readonly schema: 'tairfleet/result/v1';
  readonly batchId: string;
  readonly generation: number;
  readonly account: string;
  readonly tenant: string;
  readonly outcome: Outcome;
  readonly counts: ResultCounts;
  /** Calls of our activities by action, as counted in their answers. */
  readonly apiCalls: Readonly<Record<string, number>>;
  /** Retries of create calls by error class. */
  readonly retries: Readonly<Record<string, number>>;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly groups: readonly {
    readonly name: string;
    readonly slots: number;
    readonly ready: number;
    readonly failed: number;
    readonly gone?: number;
  }[];
  readonly parked: readonly ParkedChunk[];
  readonly orphans: readonly Orphan[];
  /** Ids that a slot owns and that the closing look no longer found. */
  readonly missing: readonly string[];
  /** Ids of the orders, in the console under billing. */
  readonly orderIds: readonly string[];
  /** How many rows these lists lack, since a document must fit into one payload; absent for none. */
  readonly omitted?: OmittedRows;
  readonly log: readonly LogEntry[];
  /** Up to {@link INLINE_INSTANCES_MAX} slots; above it `instancesUrl`. */
  readonly instances?: readonly ResultInstance[];
  readonly instancesUrl?: string;
  /** The first run of this execution: tells a retried batch from a revised document. */
  readonly firstRunId: string;
  /** 0 for the first document of a run; a reset after the end writes the next revision. */
  readonly revision: number;
  /** What one instance of each group costs at most; only where somebody had to know. */
  readonly prices?: readonly GroupPrice[];
  /** The plan that is fixed for this batch id (rule R11). */
  readonly frozen: unknown;
}

/** How many instances the list of a document has at least: a shorter one was cut. */
export function countListed({ ready, failed, released }: ResultCounts): number {
  return ready + failed + released;
}

/** Largest batch whose instances stand in the document itself. */
export const INLINE_INSTANCES_MAX = 500;

/**
 * Decides the outcome from the counts.
 *
 * @param counts - final counts of the batch
 * @param minReadyShare - share of slots that must be ready, 0 to 1
 * @param isCancelled - whether somebody cancelled the batch
 */
export function toOutcome(
  counts: Pick<ResultCounts, 'slots' | 'ready'>,
  minReadyShare: number,
  isCancelled: boolean,
): Outcome {
  if (isCancelled) return 'cancelled';
  if (counts.ready >= Math.ceil(counts.slots * minReadyShare)) return 'succeeded';
  return counts.ready > 0 ? 'partial' : 'failed';
}
