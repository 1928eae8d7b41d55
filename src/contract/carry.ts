import type { BatchLimits } from '../domain/batch-limits';
import type { GroupPrice } from '../domain/batch-price';
import type { InstanceFate } from '../domain/batch-request';
import type { CallDelays } from '../domain/call-delays';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import type { LogEntry } from '../domain/progress';
import type { Proof } from '../domain/proof';
import type { Shard } from '../domain/shard-state';
import type { CallCounts } from './activity-types';
import type { AnnounceCarry } from './notify-types';
import type { ShardReport } from './shard-report';

/** What a run hands to the next one when its history has grown long (continue-as-new). */

/** Sums of what the activities reported about themselves. */
export interface TallyCarry {
  readonly apiCalls: CallCounts;
  readonly retries: CallCounts;
  readonly orderIds: readonly string[];
  /** Absent when an older version began the batch. */
  readonly delays?: CallDelays;
}

/** Instances of one home chunk that wait for readiness. */
export interface WaitingIds {
  readonly home: number;
  readonly ids: readonly string[];
  /** When they came to be ours, ms since the epoch: the wait counts from then, in whichever run. */
  readonly boughtAtMs: number;
}

/** A drained shard: nothing of it is in flight. */
export interface ShardCarry {
  readonly shard: Shard;
  /** The proof that the run could give; another one in the state is of an earlier run (rule R2). */
  readonly proof: Proof;
  readonly waiting: readonly WaitingIds[];
  readonly tally: TallyCarry;
  /** On whose word it ends, when it does; absent when an older version began the batch. */
  readonly endedBy?: ShardReport['endedBy'];
}

/** One shard of a batch: in place with its state, elsewhere with its last report. */
export type RunnerCarry =
  | { readonly kind: 'inPlace'; readonly carry: ShardCarry | null; readonly report: ShardReport }
  | { readonly kind: 'child'; readonly isStarted: boolean; readonly report: ShardReport };

/** That somebody has cancelled a batch. */
export interface Cancellation {
  readonly ending: Ending;
  readonly instances: InstanceFate;
}

/** A batch on its way from one run to the next. */
export interface BatchCarry {
  readonly frozen: FrozenPlan;
  readonly generation: number;
  readonly tuning: Tuning;
  readonly startedAtMs: number;
  readonly deadlineAtMs: number;
  /** What an operator has set for each shard; null: as tuned. */
  readonly chunksInFlight: number | null;
  readonly isPaused: boolean;
  /** Whether the deadline has passed. */
  readonly isOverdue: boolean;
  /** Retries that were ordered so far. */
  readonly round: number;
  readonly cancellation: Cancellation | null;
  readonly log: readonly LogEntry[];
  readonly announced: AnnounceCarry | null;
  readonly runners: readonly RunnerCarry[];
  /** What its instances cost; only where the tenant has a cap on what it may spend. */
  readonly prices?: readonly GroupPrice[];
  /** What is known of its placements; absent when an older version began the batch. */
  readonly limits?: BatchLimits;
  /** Calls that the batch itself has made, not its shards; absent as `limits`. */
  readonly tally?: TallyCarry;
}
