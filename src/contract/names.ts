/** Names on the wire: workflow types, task queues, handlers. Stable; other teams call them. */

/** Workflow type of a batch. */
export const PROVISION_BATCH = 'provisionBatch';

/** Workflow type of a shard of a large batch. */
export const PROVISION_SHARD = 'provisionShard';

/** Signals between a batch and its shards. */
export const SHARD_SIGNALS = {
  /** Shard to batch: how far it is. */
  report: 'shardReport',
  /** Batch to shard: an order. */
  act: 'shardAct',
  /** Batch to shard: whoever is the batch's run now wants a report. */
  attach: 'shardAttach',
} as const;

/** Task queue of the workflows and of cheap activities; the others derive from it. */
export const MAIN_QUEUE = 'tairfleet';

/** Task queue of create calls and look-ups. */
export function toCloudQueue(mainQueue: string): string {
  return `${mainQueue}-cloud`;
}

/** Task queue of long waits for readiness, so that they cannot starve creates. */
export function toWaitQueue(mainQueue: string): string {
  return `${mainQueue}-wait`;
}

/** The queues of an installation, one for each kind of work. */
export const TASK_QUEUES = {
  main: MAIN_QUEUE,
  cloud: toCloudQueue(MAIN_QUEUE),
  wait: toWaitQueue(MAIN_QUEUE),
} as const;

/** Names of the updates, the query and their descriptions in the Temporal UI. */
export const UPDATES = {
  retryFailed: 'retryFailed',
  retryNow: 'retryNow',
  skip: 'skip',
  pause: 'pause',
  resume: 'resume',
  setConcurrency: 'setConcurrency',
  extendDeadline: 'extendDeadline',
  approve: 'approve',
  reject: 'reject',
  cancel: 'cancel',
} as const;

/** Name of the query that answers a batch's progress. */
export const PROGRESS_QUERY = 'progress';

/** Memo key under which a run keeps its frozen plan (rule R11). */
export const FROZEN_MEMO = 'tairfleet.frozen';

/** Memo key under which a run keeps what its instances cost, where its tenant has a cap. */
export const PRICES_MEMO = 'tairfleet.prices';
