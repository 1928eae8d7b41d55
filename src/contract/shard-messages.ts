import type { ShardLimits } from '../domain/batch-limits';
import type { BatchRequest } from '../domain/batch-request';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import type { ShardSlice } from '../domain/plan';
import type { ShardEvent } from '../domain/shard-event';
import type { ShardCarry } from './carry';

/** What a batch and its shards say to each other when the shards are workflows of their own. */

/** What the root may order a shard to do: events of its state machine, as they are, and its deadline. */
export type ShardAction =
  | Extract<
      ShardEvent,
      {
        readonly type:
          'pause' | 'resume' | 'retry' | 'skip' | 'concurrency' | 'hold' | 'bars' | 'end';
      }
    >
  /** The batch ends later, ms since the epoch. */
  | { readonly type: 'deadline'; readonly deadlineAtMs: number };

/** An order, and how many retries the batch has ordered by then. */
export interface ShardOrder {
  readonly action: ShardAction;
  readonly round: number;
}

/** The one argument of `provisionShard`. */
export interface ProvisionShardInput {
  /** Workflow id of the batch: reports go there. */
  readonly batch: string;
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
  readonly generation: number;
  readonly tuning: Tuning;
  readonly slice: ShardSlice;
  /** Rows of parked chunks in a report, so that the reports of many shards stay small together. */
  readonly parkedRowsMax: number;
  /** When the batch ends at the latest, ms since the epoch. */
  readonly deadlineAtMs: number;
  readonly isPaused: boolean;
  /** The batch is ending already: the shard buys nothing, and accounts for what is there. */
  readonly ending: Ending | null;
  /** Retries that the batch has ordered so far. */
  readonly round: number;
  /** What is known of its placements; absent when an older version of the batch started it. */
  readonly limits?: ShardLimits;
  /** Left by the run before this one, when it continued as new. */
  readonly carry: ShardCarry | null;
}
