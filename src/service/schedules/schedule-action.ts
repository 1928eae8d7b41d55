import type { ScheduleOptionsAction } from '@temporalio/client';
import { PROVISION_BATCH, TASK_QUEUES } from '../../contract/names';
import { SCHEDULE_MEMO } from '../../contract/schedule-id';
import type { ScheduleMark } from '../../contract/schedule-id';
import { toWorkflowId } from '../../contract/workflow-id';
import type { Schedule } from '../../domain/schedule/schedule';
import { toSummary } from '../apply-batch';
import { SUBMITTED_BY_MEMO } from '../batch-run';

/** Who applies schedules, and where their batches run. */
export interface ApplySettings {
  /** Kept in the memo of every batch, as of one that is submitted. */
  readonly submittedBy?: string;
  /** The queue of the installation when left out. */
  readonly taskQueue?: string;
}

/**
 * What a schedule starts at each of its times: the same as a submission does. Temporal appends the time
 * to the workflow id, and the workflow takes its batch id from there. The hash of the request, which
 * holds the batch id, is the one thing that a run has only once it is planned.
 */
export function toAction(schedule: Schedule, settings: ApplySettings): ScheduleOptionsAction {
  const { tenant, name, document, request, rules } = schedule;
  const { submittedBy } = settings;
  const mark: ScheduleMark = { name, firings: rules.firings };
  return {
    type: 'startWorkflow',
    workflowType: PROVISION_BATCH,
    workflowId: toWorkflowId(tenant, name),
    taskQueue: toQueue(settings),
    args: [{ request: document }],
    staticSummary: toSummary(request),
    memo: {
      [SCHEDULE_MEMO]: mark,
      ...(submittedBy === undefined ? {} : { [SUBMITTED_BY_MEMO]: submittedBy }),
    },
  };
}

/** The action as one line, to see whether somebody has changed it. */
export function describeAction(schedule: Schedule, settings: ApplySettings): string {
  const workflowId = toWorkflowId(schedule.tenant, schedule.name);
  return formatAction({ workflowType: PROVISION_BATCH, workflowId, taskQueue: toQueue(settings) });
}

/** What is started, under which id, on which queue. */
export function formatAction(action: {
  readonly workflowType: string;
  readonly workflowId: string | undefined;
  readonly taskQueue: string | undefined;
}): string {
  return `${action.workflowType} ${action.workflowId ?? ''} on ${action.taskQueue ?? ''}`;
}

function toQueue({ taskQueue = TASK_QUEUES.main }: ApplySettings): string {
  return taskQueue;
}
