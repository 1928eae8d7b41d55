/**
 * What is fixed at the first submission of a batch id (rule R11): another value would give other
 * names and tokens, so that nothing that was bought before would be found.
 */
export interface FrozenPlan {
  readonly installationId: string;
  readonly account: string;
  /** Slots of a chunk, 1 to 300. */
  readonly chunkSlots: number;
  /** Slots of a shard. */
  readonly shardSlots: number;
  /** Form of the names. */
  readonly naming: 'shared';
  /** Hash of the checked request: another one under the same batch id is a conflict. */
  readonly requestHash: string;
}

/** Whether a value that came from outside is a frozen plan. */
export function isFrozenPlan(value: unknown): value is FrozenPlan {
  if (typeof value !== 'object' || value === null) return false;
  const plan = value as Partial<Record<keyof FrozenPlan, unknown>>;
  const texts = [plan.installationId, plan.account, plan.requestHash];
  return (
    texts.every((text) => typeof text === 'string' && text !== '') &&
    isCount(plan.chunkSlots, CHUNK_SLOTS_MAX) &&
    isCount(plan.shardSlots, Number.MAX_SAFE_INTEGER) &&
    plan.naming === 'shared'
  );
}

/** Most instances of one entry of a call (CreateInstances page, 2025-03-27). */
const CHUNK_SLOTS_MAX = 300;

function isCount(value: unknown, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max;
}

/** Numbers that may differ between two runs of one batch, as the worker's config has them. */
export interface Tuning {
  /** Chunks in flight at once, 1 to 50. */
  readonly chunksInFlight: number;
  /** Rounds of a transient refusal with one token before a settle and the next epoch. */
  readonly transientRoundsMax: number;
  /** Settles that find nothing, before the chunk parks. */
  readonly settleRoundsMax: number;
  /** First and longest pause between two rounds of a chunk. */
  readonly roundBackOffMinMs: number;
  readonly roundBackOffMaxMs: number;
  /** First and longest pause between two probes of the gate. */
  readonly gateBackOffMinMs: number;
  readonly gateBackOffMaxMs: number;
  /** How long a placement without capacity is passed over; 0: every chunk asks for itself. */
  readonly soldOutMemoryMs: number;
  /** Shards of one region that buy at once, when they are workflows of their own. */
  readonly shardsAtOnce: number;
  /** Events of a run's history after which it continues as new. */
  readonly continueAfterEvents: number;
  /** Ids of one waiting activity. */
  readonly waveIds: number;
  /** Longest life of one create activity with all its attempts. */
  readonly createBudgetMs: number;
  /** Longest single call, and what an attempt may take beyond it. */
  readonly createAttemptMs: number;
  /** Silence of an activity after which it counts as lost. */
  readonly heartbeatTimeoutMs: number;
  /** How long a batch must need a person before its receivers are told. */
  readonly attentionDelayMs: number;
  /** How long a webhook is tried again. */
  readonly notifyForMs: number;
  /** When to look for orphans after the end; absent in a run that an older version let in. */
  readonly sweepAfterMs?: readonly number[];
  /** Whether free addresses are counted before a batch buys; absent in a run of an older version. */
  readonly isAddressCounted?: boolean;
  /** Whether search attributes may be written. */
  readonly isSearchable: boolean;
}
