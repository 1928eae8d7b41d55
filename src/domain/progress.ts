import type { PendingApproval } from './approval';
import type { CallDelays } from './call-delays';
import type { GateCause } from './gate';

/** How far a batch is: counts by state, always derived and never stored twice. */
export interface SlotCounts {
  readonly slots: number;
  /** Not asked for yet, or waiting for the next send. */
  readonly planned: number;
  /** A create call is in flight, or its outcome is being settled. */
  readonly creating: number;
  /** Waiting at the gate. */
  readonly gated: number;
  /** Bought, and not ready yet. */
  readonly starting: number;
  readonly ready: number;
  /** Bought, and ended in a state that never becomes ready, or not in time. */
  readonly failed: number;
  readonly parked: number;
  readonly skipped: number;
}

/** Where a batch stands in its life. */
export type BatchPhase =
  | 'starting'
  | 'awaitingApproval'
  | 'provisioning'
  | 'paused'
  | 'parked'
  | 'auditing'
  | 'finishing'
  | 'releasing'
  | 'done';

/** One thing that waits for a person. */
export interface ParkedChunk {
  /** Chunk path, such as `sessions/0-89`. */
  readonly chunk: string;
  readonly slots: number;
  readonly class: string;
  readonly code: string;
  readonly message?: string;
  readonly requestId?: string;
  /** Since when it waits, ms since the epoch. */
  readonly sinceMs?: number;
  /** What the operator can do about it, as a sentence. */
  readonly nextStep: string;
}

/** Why nothing is sent at the moment. */
export interface GateView {
  readonly cause: GateCause;
  readonly code: string;
  readonly sinceMs: number;
  readonly nextProbeAtMs: number | null;
  readonly probes: number;
}

/** One entry of the batch's log: who did what, and why. */
export interface LogEntry {
  readonly atMs: number;
  readonly action: string;
  readonly by?: string;
  readonly why?: string;
  readonly ticket?: string;
  readonly detail?: string;
}

/** The answer of the query `progress`. */
export interface BatchProgress {
  readonly schema: 'tairfleet/progress/v1';
  readonly batchId: string;
  readonly tenant: string;
  readonly account: string | null;
  readonly generation: number;
  readonly phase: BatchPhase;
  readonly needsOperator: boolean;
  readonly counts: SlotCounts;
  readonly groups: readonly { readonly name: string; readonly counts: SlotCounts }[];
  readonly gate: GateView | null;
  /** Why no new calls are made at all: an account problem, or a pause. */
  readonly hold: string | null;
  /** The code of the account problem that it is held for; null otherwise. */
  readonly holdCode: string | null;
  /** Since when it is held or paused, ms since the epoch; null when it is not. */
  readonly holdSinceMs: number | null;
  readonly parked: readonly ParkedChunk[];
  /** What has to be approved before anything is bought; null when nothing has. */
  readonly approval: PendingApproval | null;
  /** What throttling and the rate limit cost it; absent from what an older worker tells. */
  readonly delays?: CallDelays;
  /**
   * Until when the closing audit waits, since instances of lost answers may show up late, ms since the
   * epoch; absent while it does not.
   */
  readonly auditUntilMs?: number;
  readonly startedAtMs: number;
  readonly deadlineAtMs: number;
  readonly log: readonly LogEntry[];
}

/** Counts of nothing. */
export const NO_SLOTS: SlotCounts = {
  slots: 0,
  planned: 0,
  creating: 0,
  gated: 0,
  starting: 0,
  ready: 0,
  failed: 0,
  parked: 0,
  skipped: 0,
};

/** Adds counts state by state. */
export function addCounts(left: SlotCounts, right: SlotCounts): SlotCounts {
  const sum = { ...left };
  for (const key of Object.keys(NO_SLOTS) as (keyof SlotCounts)[]) {
    (sum as Record<keyof SlotCounts, number>)[key] = left[key] + right[key];
  }
  return sum;
}

/** Whether the states add up to the number of slots. */
export function isBalanced(counts: SlotCounts): boolean {
  const { planned, creating, gated, starting, ready, failed, parked, skipped } = counts;
  const bought = starting + ready + failed;
  return counts.slots === planned + creating + gated + bought + parked + skipped;
}
