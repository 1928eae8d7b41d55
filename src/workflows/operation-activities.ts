import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type {
  OperationCloudActivities,
  OperationMainActivities,
} from '../contract/operation-types';
import type { SweepCloudActivities, SweepMainActivities } from '../contract/sweep-types';
import { toCloudQueue } from '../contract/names';

/** Options of the activities of operations: somebody waits for them, so they say soon what is wrong. */

const ATTEMPT_MS = 30 * 60_000;
/** Silence after which a worker counts as lost. */
const HEARTBEAT_MS = 20_000;
/** A check gives up soon: not answering is the answer. */
const CHECK_MS = 20_000;

/** Activities that touch Temporal and the result store only. */
export function operationActivities(
  summary: string,
): Pick<OperationMainActivities, 'openRelease' | 'recordRelease'> & SweepMainActivities {
  return proxyActivities<OperationMainActivities & SweepMainActivities>({
    summary,
    startToCloseTimeout: ATTEMPT_MS,
    heartbeatTimeout: HEARTBEAT_MS,
    retry: { initialInterval: 500, maximumInterval: 30_000 },
  });
}

/**
 * Activities that call the cloud, tried again for as long as it takes. A cancel waits for the open
 * calls, which take instances away and whose answers are written down.
 */
export function operationCloudActivities(
  summary: string,
): Pick<OperationCloudActivities, 'releaseSlice' | 'reconcile'> & SweepCloudActivities {
  return proxyActivities<OperationCloudActivities & SweepCloudActivities>({
    summary,
    taskQueue: toCloudQueue(workflowInfo().taskQueue),
    startToCloseTimeout: ATTEMPT_MS,
    heartbeatTimeout: HEARTBEAT_MS,
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: { initialInterval: 500, maximumInterval: 60_000 },
  });
}

/** What a check of a worker asks for. */
export function checkActivities(): Pick<OperationMainActivities, 'describeWorker'> &
  Pick<OperationCloudActivities, 'checkAccounts'> {
  const options = { scheduleToCloseTimeout: CHECK_MS, retry: { maximumAttempts: 1 } };
  const main = proxyActivities<OperationMainActivities>({
    ...options,
    summary: 'ask the worker what it is',
  });
  const cloud = proxyActivities<OperationCloudActivities>({
    ...options,
    summary: 'make one harmless call for each account',
    taskQueue: toCloudQueue(workflowInfo().taskQueue),
  });
  return {
    describeWorker: () => main.describeWorker(),
    checkAccounts: (input) => cloud.checkAccounts(input),
  };
}
