import { Context } from '@temporalio/activity';
import { toTenant } from '../contract/workflow-id';
import type { Since } from '../domain/proof';
import type { Clock } from './clock';

/** The run that the current activity belongs to. */
export function currentRunId(): string {
  const { workflowExecution } = Context.current().info;
  if (workflowExecution === undefined) throw new Error('this activity belongs to a workflow');
  return workflowExecution.runId;
}

/** The workflow that the current activity belongs to. */
export function currentWorkflowId(): string {
  const { workflowExecution } = Context.current().info;
  if (workflowExecution === undefined) throw new Error('this activity belongs to a workflow');
  return workflowExecution.workflowId;
}

/** The tenant for which the current activity works; null when its workflow is of none. */
export function currentTenant(): string | null {
  return toTenant(currentWorkflowId());
}

/** This moment, as a settle may count from. */
export function currentMoment(clock: Clock): Since {
  return { runId: currentRunId(), atMs: clock.nowMs() };
}
