import {
  allHandlersFinished,
  CancellationScope,
  condition,
  workflowInfo,
} from '@temporalio/workflow';
import type { ProvisionBatchInput } from '../contract/messages';
import { fromWorkflowId, toWorkflowId } from '../contract/workflow-id';
import { checkBatchRequest } from '../domain/check-batch-request';
import { isFrozenPlan } from '../domain/frozen-plan';
import type { Problem } from '../domain/problem';
import { hashRequest } from '../domain/request-hash';
import type { ResultDocument } from '../domain/result';
import { BatchLife, type BatchSubmission } from './batch-life';
import { toInvalidRequest, toWrongWorkflowId } from './failures';
import { handleMessages } from './handlers';

/**
 * Provisions a batch: exactly as many instances as asked, whatever crashes. Its one argument is a
 * {@link ProvisionBatchInput}, or the bare batch request as the Temporal UI's start form sends it.
 *
 * @returns the final document; a batch that ends short says so in it and does not fail
 * @throws ApplicationFailure of type InvalidRequest, WrongWorkflowId, PlanConflict or RefusedByGuard,
 *   before anything was sent
 */
export async function provisionBatch(input?: ProvisionBatchInput): Promise<ResultDocument> {
  const batch = new BatchLife(checkSubmission(input));
  handleMessages(batch);
  CancellationScope.current().cancelRequested.catch(() => {
    const note = { why: 'cancellation of the workflow was requested' };
    if (!batch.isEnding) batch.orders.cancel(batch.onCancel, note);
  });
  return CancellationScope.nonCancellable(async () => {
    const document = await batch.run();
    await condition(allHandlersFinished);
    return document;
  });
}

const BAD_PLAN: Problem = {
  path: ['frozen'],
  code: 'not-allowed',
  message: 'is not a frozen plan; leave it out, it is found by itself',
};

const BAD_CARRY: Problem = {
  path: ['carry'],
  code: 'not-allowed',
  message: 'is handed from run to run by the workflow itself; leave it out',
};

function checkSubmission(input: unknown): BatchSubmission {
  const { workflowId, continuedFromExecutionRunId } = workflowInfo();
  const { request: submitted, frozen, carry } = toInput(input);
  const fallbackBatchId = fromWorkflowId(workflowId)?.batchId;
  const checked = checkBatchRequest(
    submitted,
    fallbackBatchId === undefined ? {} : { fallbackBatchId },
  );
  if (!checked.ok) throw toInvalidRequest(checked.problems);
  if (frozen !== undefined && !isFrozenPlan(frozen)) throw toInvalidRequest([BAD_PLAN]);
  if (carry !== undefined && continuedFromExecutionRunId === undefined) {
    throw toInvalidRequest([BAD_CARRY]);
  }
  const { request } = checked;
  const expected = toWorkflowId(request.tenant, request.batchId);
  if (expected !== workflowId) throw toWrongWorkflowId(workflowId, expected);
  return {
    submitted,
    request,
    requestHash: hashRequest(request),
    frozen: frozen ?? null,
    carry: carry ?? null,
  };
}

function toInput(input: unknown): ProvisionBatchInput {
  const isWrapped = typeof input === 'object' && input !== null && 'request' in input;
  return isWrapped ? input : { request: input };
}
