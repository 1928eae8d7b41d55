import { temporal } from '@temporalio/proto';
import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { waitFor } from './wait-for';

const { PENDING_ACTIVITY_STATE_SCHEDULED: SCHEDULED, PENDING_ACTIVITY_STATE_STARTED: STARTED } =
  temporal.api.enums.v1.PendingActivityState;

/** What the Temporal UI shows of an open activity. */
export interface PendingActivity {
  readonly attempt: number;
  readonly isRunning: boolean;
  /** Waits for its next attempt, or for a worker. */
  readonly isScheduled: boolean;
  readonly isPaused: boolean;
}

/** The buttons beside an open activity in the Temporal UI, by the calls that the UI makes. */
export interface ActivityButtons {
  /** Waits until the activity is open and as wanted. */
  until(isReached: (activity: PendingActivity) => boolean): Promise<PendingActivity>;
  reset(): Promise<unknown>;
  pause(): Promise<unknown>;
  /** @param resetAttempts - whether the count of attempts begins anew */
  unpause(resetAttempts: boolean): Promise<unknown>;
  /** Changes its whole budget, counted from when it was scheduled. */
  setBudget(budgetMs: number): Promise<unknown>;
}

/**
 * The buttons of the one open activity of a type.
 *
 * @param client - the Temporal client
 * @param workflowId - whose activity
 * @param type - its type
 */
export function createActivityButtons(
  client: Client,
  workflowId: string,
  type: string,
): ActivityButtons {
  const { workflowService: service } = client;
  const target = { namespace: client.options.namespace, execution: { workflowId }, type };
  return {
    until: async (isReached) =>
      (await waitFor(
        () => findPending(client, workflowId, type),
        (activity) => activity !== undefined && isReached(activity),
      ))!,
    reset: () => service.resetActivity(target),
    pause: () => service.pauseActivity({ ...target, reason: 'a test' }),
    unpause: (resetAttempts) => service.unpauseActivity({ ...target, resetAttempts }),
    setBudget: (budgetMs) =>
      service.updateActivityOptions({
        ...target,
        activityOptions: { scheduleToCloseTimeout: msToTs(budgetMs) },
        updateMask: { paths: ['schedule_to_close_timeout'] },
      }),
  };
}

async function findPending(
  client: Client,
  workflowId: string,
  type: string,
): Promise<PendingActivity | undefined> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const found = raw.pendingActivities?.find((activity) => activity.activityType?.name === type);
  if (found === undefined) return undefined;
  return {
    attempt: found.attempt ?? 0,
    isRunning: found.state === STARTED,
    isScheduled: found.state === SCHEDULED,
    isPaused: found.paused ?? false,
  };
}
