/** Names on the wire: workflow types, task queues, handlers. Stable; other teams call them. */

export const PROVISION_BATCH = 'provisionBatch';

/** Task queues, one for each kind of work, so that no kind starves another. */
export const TASK_QUEUES = {
  /** Workflows and cheap activities. */
  main: 'tairfleet',
  /** Create calls and look-ups. */
  cloud: 'tairfleet-cloud',
  /** Long waits for readiness. */
  wait: 'tairfleet-wait',
} as const;

/** Names of the updates, the query and their descriptions in the Temporal UI. */
export const UPDATES = {
  retryFailed: 'retryFailed',
  pause: 'pause',
  resume: 'resume',
  cancel: 'cancel',
} as const;

export const PROGRESS_QUERY = 'progress';

/** Memo key under which a run keeps its frozen plan (rule R11). */
export const FROZEN_MEMO = 'tairfleet.frozen';
