import type { ActionAnswer } from '../contract/messages';
import type { BatchKey } from '../outbound/result-store';
import type { Action } from '../service/act-on-batch';
import { actOnBatches } from '../service/act-on-batches';
import type { PreflightReport } from '../domain/preflight-report';
import type { BatchFacade } from '../service/batch-facade';
import type { ScheduleFacade } from '../service/schedules/schedule-facade';
import type { Retried, RetryInput } from '../service/retry-batch';
import { createSuccess } from '../service/service-result';
import type { ServiceResult } from '../service/service-result';
import { watchByLooks } from '../service/watch-batch';
import { toWorkflowId } from '../contract/workflow-id';
import { createApiConnection } from './api-connection';
import type { ApiConnection, ApiPlace } from './api-connection';
import {
  lookAtRemote,
  openRemoteInstances,
  readRemoteResult,
  readRemoteStatus,
  toParams,
  withTenantHint,
} from './remote-batch';
import { listRemote, selectRemote } from './remote-list';
import { preflightRemote } from './remote-preflight';
import { createRemoteSchedules } from './remote-schedules';
import { applyRemote, planRemote } from './remote-submission';
import { readOwnTenant } from './remote-tenant';
import type { RemotePlan } from './remote-submission';
import type { Submission } from '../service/submission';

/** The facades over the HTTP API, and what the server says of a request. */
export interface RemoteBatches extends BatchFacade, ScheduleFacade {
  /** What submitting a request would order by the settings of the server. */
  plan(submission: Submission): Promise<ServiceResult<RemotePlan>>;
  /** Whose things are meant where no tenant is named; null when the server does not tell. */
  ownTenant(): Promise<ServiceResult<string | null>>;
  /** What its batch would meet in the cloud. */
  preflight(submission: Submission): Promise<ServiceResult<PreflightReport>>;
}

/**
 * Builds the facade over the HTTP API. What the API leaves to those next to Temporal it does not
 * take: a saved plan with a submission, a request with a retry, a region with a selection, and who
 * acts, which the server knows by the key.
 *
 * @param place - where the server is, and the key
 */
export function createRemoteBatches(place: ApiPlace): RemoteBatches {
  const api = createApiConnection(place);
  const actOne = (key: BatchKey, action: Action) => act(api, key, action);
  return {
    ...createRemoteSchedules(api),
    ownTenant: () => readOwnTenant(api),
    plan: (submission) => planRemote(api, submission),
    preflight: (submission) => preflightRemote(api, submission),
    apply: (submission) => applyRemote(api, submission),
    list: (filter) => listRemote(api, filter),
    status: (key, options) => readRemoteStatus(api, key, options),
    result: (key) => readRemoteResult(api, key),
    instances: (finished) => openRemoteInstances(api, finished),
    watch: (key, options = {}) => watchByLooks(() => lookAtRemote(api, key), options),
    act: actOne,
    select: (selection) => selectRemote(api, selection),
    actOnAll: (batches, action) => actOnBatches(batches, action, actOne),
    retry: (key, input) => retry(api, key, input),
  };
}

async function act(
  api: ApiConnection,
  key: BatchKey,
  action: Action,
): Promise<ServiceResult<ActionAnswer>> {
  const done = await send(api, key, action);
  if (!done.ok) return done;
  const { message, chunks } = done.value;
  return createSuccess({ message, chunks });
}

async function retry(
  api: ApiConnection,
  key: BatchKey,
  input: RetryInput,
): Promise<ServiceResult<Retried>> {
  const done = await send(api, key, { name: 'retryFailed', input });
  if (!done.ok) return done;
  const { startedRunId: runId, message, chunks } = done.value;
  if (runId === null) return createSuccess({ kind: 'resumed', answer: { message, chunks } });
  const workflowId = toWorkflowId(key.tenant, key.batchId);
  return createSuccess({ kind: 'started', workflowId, runId });
}

/** All actions have one form of address and of answer; the body is that of the update. */
async function send(api: ApiConnection, key: BatchKey, { name, input }: Action) {
  const path = `/v1/batches/{batchId}/actions/${name}` as '/v1/batches/{batchId}/actions/pause';
  const params = toParams(key);
  return withTenantHint(
    key,
    await api.send((client) => client.POST(path, { params, body: input })),
  );
}
