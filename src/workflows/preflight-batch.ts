import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import { toCloudQueue } from '../contract/names';
import type { PreflightActivities, PreflightInput } from '../contract/preflight-types';
import type { PreflightFacts } from '../domain/preflight-facts';

/** Above what the activity gives itself, and its queue. */
const PREFLIGHT_MS = 110_000;

/** Silence after which the worker counts as lost. */
const HEARTBEAT_MS = 20_000;

/**
 * Asks the cloud what a batch would meet. A workflow, since only workers have keys.
 *
 * @throws ApplicationFailure of type OperationRefused when the tenant may not use the account
 */
export async function preflightBatch(input: PreflightInput): Promise<PreflightFacts> {
  const { preflight } = proxyActivities<PreflightActivities>({
    summary: 'ask what is open, on sale, free and what it costs',
    taskQueue: toCloudQueue(workflowInfo().taskQueue),
    scheduleToCloseTimeout: PREFLIGHT_MS,
    heartbeatTimeout: HEARTBEAT_MS,
    retry: { maximumAttempts: 2 },
  });
  return preflight(input);
}
