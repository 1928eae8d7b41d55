import type { ShardLimits } from '../domain/batch-limits';
import type { BatchRequest } from '../domain/batch-request';
import type { CallDelays } from '../domain/call-delays';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import type { ShardSlice } from '../domain/plan';
import type { GateView, ParkedChunk, SlotCounts } from '../domain/progress';
import type { Refusal } from '../domain/refusal';
import type { Orphan } from '../domain/result';
import type { ShardEvent } from '../domain/shard-event';
import type { CallCounts } from './activity-types';
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

/** Where a shard is in its life. */
export type ShardStage = 'waiting' | 'proving' | 'buying' | 'auditing' | 'storing' | 'done';

/** How far a shard is: a signal to the root, and at the end the result of the shard's workflow. */
export interface ShardReport {
  readonly shard: number;
  readonly stage: ShardStage;
  /** Only the groups that have slots here; `group` is the index in the request. */
  readonly groups: readonly { readonly group: number; readonly counts: SlotCounts }[];
  readonly gate: GateView | null;
  readonly hold: Refusal | null;
  /** Whether nothing of it goes on by itself: it waits for a person, or has come to its end. */
  readonly isAtRest: boolean;
  /** At most as many rows as the root has asked for. */
  readonly parked: readonly ParkedChunk[];
  /** Bought instances, counted as starting, whose follow-ups wait for a person. */
  readonly parkedStarting: number;
  readonly apiCalls: CallCounts;
  readonly retries: CallCounts;
  readonly orderIds: readonly string[];
  /** Absent from the shards of an older worker. */
  readonly delays?: CallDelays;
  /** Filled by the closing audit, as `missing`. */
  readonly orphans: readonly Orphan[];
  readonly missing: readonly string[];
  /**
   * Why it ended before everything was bought: its batch said so, a person cancelled the shard itself,
   * or its batch is gone. A batch that goes on starts the shard again but in the second case.
   */
  readonly endedBy: 'batch' | 'person' | 'gone' | null;
  /** Retries that the shard has obeyed: a hold from before the batch's last one may be over. */
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
