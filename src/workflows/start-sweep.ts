import { log, ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { logEvent, toErrorText } from '../contract/log-writer';
import { SWEEP_ORPHANS, toSweepId } from '../contract/operations';
import { toSweepScope } from '../contract/sweep-scope';
import type { SweepOrphansInput } from '../contract/sweep-types';
import type { BatchRequest } from '../domain/batch-request';
import type { ResultDocument } from '../domain/result';

/** The request of the batch that has ended, and when to look. */
export interface SweepPlan {
  readonly request: BatchRequest;
  readonly requestHash: string;
  /** Ms after the end; empty: never. */
  readonly afterMs: readonly number[];
}

/**
 * Has somebody look for orphans later (rule R9). It is a workflow of its own that outlives the batch; a
 * start that fails costs the batch nothing, since a sweep can be ordered at any time.
 *
 * @param document - as it was stored
 * @param plan - when, and for which request
 */
export async function startSweep(document: ResultDocument, plan: SweepPlan): Promise<void> {
  const { tenant, batchId, generation } = document;
  if (plan.afterMs.length === 0 || !mayHaveBought(document)) return;
  const input: SweepOrphansInput = {
    ...{ tenant, batchId, generation },
    afterMs: [...plan.afterMs].sort((left, right) => left - right),
    isCountEnough: false,
    scope: toSweepScope(plan.request, plan.requestHash),
  };
  try {
    const sweep = await startChild(SWEEP_ORPHANS, {
      workflowId: toSweepId(document),
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      // A reset after the end that changes nothing ends the same way once more.
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      staticSummary: `orphans of ${tenant}/${batchId} after its end`,
    });
    // Nobody waits for it.
    sweep.result().catch(() => undefined);
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    logEvent(log, 'sweep-not-started', { error: toErrorText(error) });
  }
}

/** A batch that was ended before its first call has nothing in the cloud. */
function mayHaveBought({ apiCalls }: ResultDocument): boolean {
  return Object.keys(apiCalls).length > 0;
}
