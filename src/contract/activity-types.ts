import type { GroupPrice } from '../domain/batch-price';
import type { BatchRequest, ChargeType, Engine } from '../domain/batch-request';
import type { CallDelays } from '../domain/call-delays';
import type { CreateBody } from '../domain/create-body';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { FailedInstance } from '../domain/home-chunk-state';
import type { Proof, Since, Unsettled } from '../domain/proof';
import type { Refusal } from '../domain/refusal';
import type { Orphan, ResultDocument } from '../domain/result';
import type { FoundInstance } from '../domain/settle-deal';

/** Inputs and answers of the activities: what stands in a history, so changes need care. */

/** Calls to the cloud by action, as one activity made them. */
export type CallCounts = Readonly<Record<string, number>>;

/** What an instance must match to be ours (rule R8): one per placement of the group. */
export interface InstanceMatch {
  readonly region: string;
  readonly zone: string;
  readonly vpcId: string;
  readonly engine: Engine;
  readonly chargeType: ChargeType;
  /** Undefined when the group asks for a capacity instead. */
  readonly instanceClass?: string;
  readonly capacityMb?: number;
}

/** Asks whether the batch may run here, and under which plan. */
export interface AdmitInput {
  readonly request: BatchRequest;
  readonly requestHash: string;
  readonly firstExecutionRunId: string;
  readonly frozen: FrozenPlan | null;
}

/** The plan that is fixed for this batch id, or why there is none. */
export type AdmitAnswer =
  | {
      readonly kind: 'admitted';
      readonly frozen: FrozenPlan;
      readonly generation: number;
      readonly tuning: Tuning;
      /** What its instances cost; only where the tenant has a cap on what it may spend. */
      readonly prices?: readonly GroupPrice[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** One place to count instances of the batch. */
export interface SearchPlace {
  readonly region: string;
  readonly engine: Engine;
}

/** Asks whether this run is proven to be the first one to send (rule R2). */
export interface ProveInput {
  readonly account: string;
  /** What the names of all instances of this run have in common. */
  readonly nameTag: string;
  readonly places: readonly SearchPlace[];
  readonly firstExecutionRunId: string;
  /** The proof of the run that this one continues as new; null for a first run. */
  readonly carried: Proof | null;
}

/** Proven, proven because it continues a proven run, or everything settles first. */
export type ProveAnswer = { readonly calls: CallCounts } & (
  | { readonly kind: 'fresh' | 'continued'; readonly proof: Proof }
  | (Unsettled & { readonly kind: 'unsettled' })
);

/** Everything that is frozen before the first send (rule R1). */
export interface CreateChunkInput {
  readonly account: string;
  readonly region: string;
  readonly engine: Engine;
  readonly token: string;
  readonly body: CreateBody;
  readonly name: string;
  readonly quantity: number;
  readonly ignoreIds: readonly string[];
  readonly proof: Proof | null;
  readonly matches: readonly InstanceMatch[];
  readonly isUnpaidOrder: boolean;
}

/** How a create activity ended; see the table in docs/safety.md. */
export type CreateChunkAnswer = {
  readonly calls: CallCounts;
  /** Sends that were refused before execution, by class. */
  readonly retries: CallCounts;
  /** Absent from the histories of older workers. */
  readonly delays?: CallDelays;
} & (
  | {
      readonly kind: 'created';
      readonly ids: readonly string[];
      readonly orderId: string | null;
    }
  | { readonly kind: 'adopted'; readonly ids: readonly string[] }
  | { readonly kind: 'notExecuted'; readonly refusal: Refusal }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | (Unsettled & { readonly kind: 'unsettled'; readonly refusal: Refusal | null })
);

/** Looks for the instances of a home chunk, once the settle time has passed (rule R5). */
export interface SettleInput {
  readonly account: string;
  readonly region: string;
  readonly engine: Engine;
  readonly name: string;
  readonly since: Since | null;
  readonly matches: readonly InstanceMatch[];
}

/** What exists, or how long to wait. */
export type SettleAnswer = { readonly calls: CallCounts } & (
  | (Unsettled & { readonly kind: 'unsettled' })
  | {
      readonly kind: 'settled';
      readonly found: readonly FoundInstance[];
      readonly proof: Proof;
    }
);

/** The positive control (rule R12). */
export interface ControlInput {
  readonly account: string;
  readonly region: string;
  readonly engine: Engine;
  readonly name: string;
  readonly ids: readonly string[];
}

/** Null: the search finds exactly the ids. */
export interface ControlAnswer {
  readonly calls: CallCounts;
  readonly refusal: Refusal | null;
}

/** One wave of instances to wait for. */
export interface AwaitReadyInput {
  readonly account: string;
  readonly region: string;
  readonly engine: Engine;
  readonly ids: readonly string[];
  /** When the last of them came to be ours, ms since the epoch. */
  readonly boughtAtMs: number;
  readonly deadlineAtMs: number;
  readonly tenant: string;
  readonly batchId: string;
  readonly generation: number;
  readonly shard: number;
}

/** All ids are ready but the failed ones. */
export interface AwaitReadyAnswer {
  readonly calls: CallCounts;
  readonly failed: readonly FailedInstance[];
}

/** The closing audit (rule R9). */
export interface AuditInput {
  readonly account: string;
  readonly nameTag: string;
  readonly places: readonly SearchPlace[];
  /** Ids that slots own. */
  readonly ownedIds: readonly string[];
  /** Whether a count is enough, or sets must be compared after a settle. */
  readonly isClean: boolean;
  /** Proofs that the run's paths carry: a stale one is not clean. */
  readonly proofs: readonly Proof[];
  readonly since: Since | null;
}

/** Clean, compared, or how long to wait. */
export type AuditAnswer = { readonly calls: CallCounts } & (
  | { readonly kind: 'clean' }
  | (Unsettled & { readonly kind: 'unsettled' })
  | {
      readonly kind: 'compared';
      readonly orphans: readonly Orphan[];
      readonly missing: readonly string[];
    }
);

/** The instances that one path owns. */
export interface OwnedPath {
  readonly group: string;
  readonly from: number;
  readonly name: string;
  readonly region: string;
  readonly ids: readonly string[];
}

/** The instances of a shard that has ended: its part of the result's list. */
export interface StoreShardInput {
  readonly tenant: string;
  readonly batchId: string;
  readonly generation: number;
  readonly shard: number;
  readonly owned: readonly OwnedPath[];
  readonly failed: readonly FailedInstance[];
}

/** The document but for its instances, which lie in the store, a list for each shard. */
export interface FinishInput {
  readonly document: ResultDocument;
  readonly shards: readonly number[];
}

/** The document as it was stored. */
export interface FinishAnswer {
  readonly document: ResultDocument;
  readonly location: string;
}

/** Asks which of these workflows have ended; answers when one has, or after a while. */
export interface WatchShardsInput {
  readonly workflowIds: readonly string[];
}

/** Those that have ended, however. */
export interface WatchShardsAnswer {
  readonly ended: readonly string[];
}

/** Activities of the main queue. */
export interface MainActivities {
  admit(input: AdmitInput): Promise<AdmitAnswer>;
  storeShard(input: StoreShardInput): Promise<void>;
  finish(input: FinishInput): Promise<FinishAnswer>;
}

/** Activities of the cloud queue. */
export interface CloudActivities {
  prove(input: ProveInput): Promise<ProveAnswer>;
  createChunk(input: CreateChunkInput): Promise<CreateChunkAnswer>;
  settle(input: SettleInput): Promise<SettleAnswer>;
  control(input: ControlInput): Promise<ControlAnswer>;
  audit(input: AuditInput): Promise<AuditAnswer>;
}

/** Activities of the wait queue. */
export interface WaitActivities {
  awaitReady(input: AwaitReadyInput): Promise<AwaitReadyAnswer>;
  watchShards(input: WatchShardsInput): Promise<WatchShardsAnswer>;
}
