import type { ResultCounts, ResultDocument } from '../domain/result';
import type { CallCounts } from './activity-types';
import type { ActionNote } from './messages';

/** Inputs and answers of the workflows beside a batch's own, and of their activities. */

/** Which result document somebody has looked at before they ordered something. */
export interface ConfirmedResult {
  readonly tenant: string;
  readonly batchId: string;
  readonly generation: number;
  readonly revision: number;
}

/** The one argument of `releaseBatch`. */
export interface ReleaseBatchInput extends ActionNote, ConfirmedResult {}

/** What a release may begin with. */
export interface OpenReleaseAnswer {
  readonly account: string;
  /** Instances that the result lists. */
  readonly instances: number;
}

/** A part of the result's list of instances, by position. */
export interface ReleaseSliceInput extends ConfirmedResult {
  readonly from: number;
  readonly count: number;
}

/** An instance that was not released, and why. */
export interface KeptInstance {
  readonly id: string;
  /** The service's code, or one of ours: `prepaid`, `foreign-name`. */
  readonly code: string;
  readonly message: string;
}

/** What became of a part. */
export interface ReleaseSliceAnswer {
  readonly calls: CallCounts;
  readonly released: number;
  /** No longer there when somebody looked. */
  readonly gone: number;
  readonly kept: number;
  /** The first of them. */
  readonly keptRows: readonly KeptInstance[];
}

/** Writes down what was released. */
export interface RecordReleaseInput extends ConfirmedResult, ActionNote {
  /** Whether somebody called the release off before its end. */
  readonly isCancelled: boolean;
  readonly calls: CallCounts;
}

/** The revised document. */
export interface RecordReleaseAnswer {
  readonly document: ResultDocument;
  readonly location: string;
}

/** How a release ended; the result of `releaseBatch`. */
export interface ReleaseReport {
  readonly tenant: string;
  readonly batchId: string;
  readonly released: number;
  readonly gone: number;
  readonly kept: number;
  readonly keptRows: readonly KeptInstance[];
  readonly isCancelled: boolean;
  readonly revision: number;
  readonly location: string;
  readonly counts: ResultCounts;
}

/** What to do about the differences that a reconciliation finds. */
export type ReconcileAction = 'report' | 'adopt' | 'deleteOrphans' | 'writeMissing';

/** The one argument of `reconcileBatch`. */
export interface ReconcileBatchInput extends ActionNote {
  readonly tenant: string;
  readonly batchId: string;
  readonly action: ReconcileAction;
  /** The submitted request; null when nobody knows it any more: then less can be compared. */
  readonly request: unknown;
}

/** An instance that bears the batch's name and that the result does not list. */
export interface FoundOrphan {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly status: string;
  readonly chargeType: string;
  /** The free slot it fits, such as `sessions/17`; null when there is none. */
  readonly fits: string | null;
}

/** One way in which an instance differs from what was ordered or written down. */
export interface InstanceChange {
  readonly id: string;
  readonly what: 'name' | 'zone' | 'class' | 'engine' | 'chargeType' | 'vpc' | 'status';
  readonly expected: string;
  readonly actual: string;
}

/** What the cloud has, against what the result lists. Rows are cut at {@link RECONCILE_ROWS_MAX}. */
export interface ReconcileComparison {
  readonly generation: number;
  readonly revision: number;
  readonly counts: {
    readonly both: number;
    readonly missing: number;
    readonly orphans: number;
    /** Instances with at least one change. */
    readonly changed: number;
  };
  readonly missing: readonly string[];
  readonly orphans: readonly FoundOrphan[];
  readonly changes: readonly InstanceChange[];
  /** Whether the request was known, so that classes and charge types were compared too. */
  readonly isRequestKnown: boolean;
}

/** The comparison, and what was done about it; the result of `reconcileBatch`. */
export interface ReconcileReport extends ReconcileComparison {
  readonly calls: CallCounts;
  /** Instances that were taken into the result. */
  readonly adopted: readonly string[];
  readonly deleted: readonly string[];
  /** Instances that the result now says are gone; absent in reports of an older version. */
  readonly gone?: readonly string[];
  /** Instances that were left alone, and why. */
  readonly kept: readonly KeptInstance[];
  /** Where the revised document lies; null when there is none. */
  readonly location: string | null;
}

/** Rows of each kind that a comparison shows; its counts are always complete. */
export const RECONCILE_ROWS_MAX = 1_000;

/** The one argument of `checkWorker`. */
export interface CheckWorkerInput {
  /** Region of the harmless calls, for accounts without endpoints of their own. */
  readonly region: string;
}

/** What a worker says about itself. */
export interface WorkerFacts {
  readonly version: string;
  readonly node: string;
  readonly sdk: string;
  readonly nowMs: number;
  readonly isSearchable: boolean;
  readonly installationId: string;
  readonly results: { readonly location: string; readonly problem: string | null };
}

/** How one account answered to a call that changes nothing. */
export interface AccountFacts {
  readonly account: string;
  readonly region: string;
  /** Null when it answered. */
  readonly failure: {
    readonly class: string;
    readonly code: string;
    readonly message: string;
  } | null;
}

/** All accounts of a worker, and its clock against the cloud's. */
export interface AccountsFacts {
  readonly accounts: readonly AccountFacts[];
  /** How far the worker's clock is ahead of the service's, ms; null when nobody answered. */
  readonly clockSkewMs: number | null;
}

/** The result of `checkWorker`. */
export interface WorkerReport {
  readonly worker: WorkerFacts;
  readonly cloud: AccountsFacts;
}

/** Activities of operations on the main queue: they touch Temporal and the result store only. */
export interface OperationMainActivities {
  openRelease(input: ReleaseBatchInput): Promise<OpenReleaseAnswer>;
  recordRelease(input: RecordReleaseInput): Promise<RecordReleaseAnswer>;
  describeWorker(): Promise<WorkerFacts>;
}

/** Activities of operations on the cloud queue. */
export interface OperationCloudActivities {
  releaseSlice(input: ReleaseSliceInput): Promise<ReleaseSliceAnswer>;
  reconcile(input: ReconcileBatchInput): Promise<ReconcileReport>;
  checkAccounts(input: CheckWorkerInput): Promise<AccountsFacts>;
}
