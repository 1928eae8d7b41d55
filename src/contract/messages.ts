import type { InstanceFate } from '../domain/batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { BatchCarry } from './carry';

/**
 * The one argument of `provisionBatch`. Everything but `request` is optional, so that the start form
 * of the Temporal UI can send `{"request": {…}}`, or the bare request itself.
 */
export interface ProvisionBatchInput {
  /** The batch request in its submitted form; checked again in the workflow's first line. */
  readonly request: unknown;
  /** The plan of the first submission, when a retry repeats it. */
  readonly frozen?: FrozenPlan;
  /** Left by the run before this one, when it continued as new; nobody else may give it. */
  readonly carry?: BatchCarry;
}

/** What every operator action may carry; it lands in the batch's log. */
export interface ActionNote {
  /** Who acts. */
  readonly by?: string;
  readonly why?: string;
  readonly ticket?: string;
}

/** Input of the update `retryFailed`: all parked chunks, or the named ones. */
export interface RetryFailedInput extends ActionNote {
  /** Chunk paths such as `sessions/0-89`; all parked ones when left out. */
  readonly chunks?: readonly string[];
}

/** Input of the update `skip`: parked chunks that are given up. */
export type SkipInput = RetryFailedInput;

/** Input of the update `setConcurrency`. */
export interface SetConcurrencyInput extends ActionNote {
  /** Create calls of each shard that may be in flight, from 1 to {@link CHUNKS_IN_FLIGHT_MAX}. */
  readonly chunksInFlight: number;
}

/** Input of the update `extendDeadline`. */
export interface ExtendDeadlineInput extends ActionNote {
  /** How much later than now planned the batch ends, such as `6h`. */
  readonly extendBy: string;
}

/** Input of the updates `approve` and `reject`: who decides, about which plan. */
export interface DecisionInput extends ActionNote {
  /** As the progress shows it. */
  readonly plan: string;
  readonly by: string;
}

/** Input of the update `cancel`. */
export interface CancelInput extends ActionNote {
  /** What the request's policy says when left out. */
  readonly instances?: InstanceFate;
}

/** Activities that one workflow may have in flight before the server's buffers overflow. */
export const CHUNKS_IN_FLIGHT_MAX = 40;

/** Answer of every update. */
export interface ActionAnswer {
  /** What was done, as a sentence. */
  readonly message: string;
  /** Chunk paths that the action touched. */
  readonly chunks: readonly string[];
}
