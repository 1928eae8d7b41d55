/** Names of the workflows beside a batch's own: what operators do to a fleet. Stable. */

/** Workflow type that stops new creates for as long as it runs. */
export const HALT_CREATES = 'haltCreates';

/** Workflow type that undoes an ended batch. */
export const RELEASE_BATCH = 'releaseBatch';

/** Workflow type that compares the cloud with a result. */
export const RECONCILE_BATCH = 'reconcileBatch';

/** Workflow type that looks for orphans after the end of a batch. */
export const SWEEP_ORPHANS = 'sweepOrphans';

/** Workflow type that asks a worker how it is. */
export const CHECK_WORKER = 'checkWorker';

/** Workflow type that asks the cloud what a batch would meet. */
export const PREFLIGHT_BATCH = 'preflightBatch';

/** The one workflow id of the halt: while it is open, no worker sends a new create. */
export const HALT_WORKFLOW_ID = 'tairfleet/halt';

/** Name of the update that ends the halt. */
export const UNHALT_UPDATE = 'unhalt';

/** Memo key under which the halt says who and why, readable without a worker. */
export const HALT_MEMO = 'tairfleet.halt';

/** Workflow id of the release of a batch: one at a time. */
export function toReleaseId(tenant: string, batchId: string): string {
  return `release/${tenant}/${batchId}`;
}

/** Workflow id of the reconciliation of a batch: one at a time. */
export function toReconcileId(tenant: string, batchId: string): string {
  return `reconcile/${tenant}/${batchId}`;
}

/** Which end of a batch is followed by a sweep. */
export interface SweptEnd {
  readonly tenant: string;
  readonly batchId: string;
  readonly generation: number;
  /** A reset after the end writes the next revision, and is followed by a sweep of its own. */
  readonly revision: number;
}

/** Workflow id of the sweep after an end: one for each stored document of a run. */
export function toSweepId({ tenant, batchId, generation, revision }: SweptEnd): string {
  return `${toSweepNowId(tenant, batchId)}/${generation}/${revision}`;
}

/** Workflow id of a sweep on demand: one at a time, beside the one that waits. */
export function toSweepNowId(tenant: string, batchId: string): string {
  return `sweep/${tenant}/${batchId}`;
}

/**
 * Workflow id of a check of a worker.
 *
 * @param nonce - anything that no other check has
 */
export function toCheckId(nonce: string): string {
  return `doctor/${nonce}`;
}

/**
 * Workflow id of a preflight.
 *
 * @param nonce - anything that no other preflight has
 */
export function toPreflightId(tenant: string, nonce: string): string {
  return `preflight/${tenant}/${nonce}`;
}
