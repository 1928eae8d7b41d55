import { toWorkflowId } from '../contract/workflow-id';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { PlanWarning } from '../domain/plan-warnings';
import type { BatchKey } from '../outbound/result-store';
import type { Applied } from '../service/apply-batch';
import type { Submission } from '../service/submission';
import { createFailure, createSuccess } from '../service/service-result';
import type { ServiceResult } from '../service/service-result';
import type { ApiConnection } from './api-connection';
import { readRemoteResult, readRemoteStatus } from './remote-batch';

/** What the server says about a submission; the plan itself follows from it. */
export interface RemotePlan {
  /** As the server reads it: a key with one tenant says whose it is. */
  readonly submission: Submission;
  readonly frozen: FrozenPlan;
  readonly warnings: readonly PlanWarning[];
  /** Status or outcome of the batch that is there; null when there is none. */
  readonly status: string | null;
}

type Document = never;

/**
 * Submits a request.
 *
 * @param api - the server
 * @param submission - the checked request; a saved plan cannot come with it
 * @returns what became of it; the failure of the server, such as `conflict`
 */
export async function applyRemote(
  api: ApiConnection,
  { document }: Submission,
): Promise<ServiceResult<Applied>> {
  const body = document as Document;
  const submitted = await api.send((client) => client.POST('/v1/batches', { body }));
  if (!submitted.ok) return submitted;
  const { tenant, batchId, isNew, runId } = submitted.value;
  if (!isNew || runId === null) return findSubmitted(api, { tenant, batchId });
  return createSuccess({ kind: 'started', workflowId: toWorkflowId(tenant, batchId), runId });
}

/**
 * Asks what submitting a request would order.
 *
 * @param api - the server
 * @param submission - the checked request
 * @returns what the plan follows from; the failure of the server, such as `conflict`
 */
export async function planRemote(
  api: ApiConnection,
  submission: Submission,
): Promise<ServiceResult<RemotePlan>> {
  const body = submission.document as Document;
  const params = { query: { chunks: 0 } };
  const planned = await api.send((client) => client.POST('/v1/plans', { body, params }));
  if (!planned.ok) return planned;
  const { tenant, batchId, known, frozen, warnings } = planned.value;
  const read = withTenant(submission, tenant);
  if (!read.ok) return read;
  const status = known === 'same' ? await readState(api, { tenant, batchId }) : null;
  return createSuccess({
    submission: read.value,
    frozen,
    warnings: warnings as readonly PlanWarning[],
    status,
  });
}

async function findSubmitted(api: ApiConnection, key: BatchKey): Promise<ServiceResult<Applied>> {
  const found = await readRemoteStatus(api, key);
  if (!found.ok) return found;
  const { run } = found.value;
  if (run !== null) return createSuccess({ kind: 'attached', run });
  const stored = await readRemoteResult(api, key);
  return stored.ok ? createSuccess({ kind: 'attached-to-result', stored: stored.value }) : stored;
}

async function readState(api: ApiConnection, key: BatchKey): Promise<string> {
  const found = await readRemoteStatus(api, key);
  if (!found.ok) return 'submitted';
  const { run, finished } = found.value;
  return run?.status ?? finished?.document.outcome ?? 'submitted';
}

/** Names and tokens follow from the tenant, so the request is read again when it is another one. */
function withTenant(submission: Submission, tenant: string): ServiceResult<Submission> {
  if (submission.request.tenant === tenant) return createSuccess(submission);
  const document = { ...(submission.document as object), tenant };
  const checked = checkBatchRequest(document);
  if (checked.ok) return createSuccess({ document, request: checked.request });
  return createFailure(
    'unexpected',
    `The server plans for the tenant ${tenant}, which is no name.`,
  );
}
