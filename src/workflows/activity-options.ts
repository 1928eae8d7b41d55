import { proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow';
import type { CloudActivities, MainActivities, WaitActivities } from '../contract/activity-types';
import type { FollowUpActivities } from '../contract/follow-up-types';
import { toCloudQueue, toWaitQueue } from '../contract/names';
import type { Tuning } from '../domain/frozen-plan';

/** Options of the activities: one place for queues, time budgets and retry policies. */

/** What an operator reads about one activity in the Temporal UI, and whose share it counts against. */
export interface ActivityLabel {
  readonly summary: string;
  readonly tenant: string;
}

/** Longest single look or cheap activity. */
const LOOK_TIMEOUT_MS = 5 * 60_000;
/** Silence of a look after which its worker counts as lost. */
const LOOK_HEARTBEAT_MS = 15_000;
/** Longest stay of one attempt of a wait; it leaves by itself after its window. */
const WAIT_TIMEOUT_MS = 30 * 60_000;
/** Fairness keys are limited to 64 bytes (Temporal, 2026). */
const FAIRNESS_KEY_LENGTH = 64;

/** Cheap activities. */
export function mainActivities(label: ActivityLabel): MainActivities {
  return proxyActivities<MainActivities>({
    ...toCommon(label),
    startToCloseTimeout: LOOK_TIMEOUT_MS,
    heartbeatTimeout: LOOK_HEARTBEAT_MS,
    retry: { initialInterval: 500, maximumInterval: 30_000 },
  });
}

/** Looks at the cloud: tried again for as long as it takes. */
export function lookActivities(
  label: ActivityLabel,
): Pick<CloudActivities, 'prove' | 'settle' | 'audit' | 'control'> {
  return proxyActivities<CloudActivities>({
    ...toCommon(label),
    taskQueue: toCloudQueue(workflowInfo().taskQueue),
    startToCloseTimeout: LOOK_TIMEOUT_MS,
    heartbeatTimeout: LOOK_HEARTBEAT_MS,
    retry: { initialInterval: 500, maximumInterval: 60_000 },
  });
}

/**
 * Creates. Their cancellation waits for the open call, whose answer holds ids that are paid for; the
 * end of the budget is an ambiguous outcome, which the state machine settles.
 */
export function createActivities(
  label: ActivityLabel,
  tuning: Tuning,
): Pick<CloudActivities, 'createChunk'> {
  return proxyActivities<CloudActivities>({
    ...toCommon(label),
    taskQueue: toCloudQueue(workflowInfo().taskQueue),
    startToCloseTimeout: tuning.createAttemptMs,
    scheduleToCloseTimeout: tuning.createBudgetMs,
    heartbeatTimeout: tuning.heartbeatTimeoutMs,
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: { initialInterval: 500, maximumInterval: 30_000 },
  });
}

/** Waits for readiness, on a queue of their own. */
export function waitActivities(label: ActivityLabel, tuning: Tuning): WaitActivities {
  return proxyActivities<WaitActivities>({
    ...toCommon(label),
    taskQueue: toWaitQueue(workflowInfo().taskQueue),
    startToCloseTimeout: WAIT_TIMEOUT_MS,
    heartbeatTimeout: tuning.heartbeatTimeoutMs,
    retry: { initialInterval: 1_000, backoffCoefficient: 1 },
  });
}

/** Configures instances, for as long as they may be busy; each step can simply be begun again. */
export function followUpActivities(label: ActivityLabel, tuning: Tuning): FollowUpActivities {
  return proxyActivities<FollowUpActivities>({
    ...toCommon(label),
    taskQueue: toCloudQueue(workflowInfo().taskQueue),
    startToCloseTimeout: WAIT_TIMEOUT_MS,
    heartbeatTimeout: tuning.heartbeatTimeoutMs,
    retry: { initialInterval: 500, maximumInterval: 30_000 },
  });
}

function toCommon({ summary, tenant }: ActivityLabel): ActivityOptions {
  return { summary, ...toFairness(tenant) };
}

/** Whose share of the workers an activity takes. */
export function toFairness(tenant: string): Pick<ActivityOptions, 'priority'> {
  return { priority: { fairnessKey: tenant.slice(0, FAIRNESS_KEY_LENGTH) } };
}
