import type { CallDelays } from '../domain/call-delays';
import type { GateView, ParkedChunk, SlotCounts } from '../domain/progress';
import type { Refusal } from '../domain/refusal';
import type { Orphan } from '../domain/result';
import type { CallCounts } from './activity-types';

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
  /** Until when it waits for instances that show up late, ms since the epoch; absent while it does not. */
  readonly auditUntilMs?: number;
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
