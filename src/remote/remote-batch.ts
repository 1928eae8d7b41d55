import { toWorkflowId } from '../contract/workflow-id';
import type { components } from '../client/api-types';
import { REQUEST_DEFAULTS } from '../domain/batch-request';
import type { BatchProgress } from '../domain/progress';
import type { ResultDocument, ResultInstance } from '../domain/result';
import type { BatchKey } from '../outbound/result-store';
import type { RunFacts } from '../service/batch-run';
import type { FinishedBatch } from '../service/read-result';
import type { BatchStatus, StatusOptions } from '../service/read-status';
import { createSuccess } from '../service/service-result';
import type { ServiceFailure, ServiceFailureCode, ServiceResult } from '../service/service-result';
import { toFailureEvent } from '../service/watch-batch';
import type { WatchEvent } from '../service/watch-batch';
import { untilWhole } from '../service/whole-list';
import type { ApiConnection } from './api-connection';
import { readNdjson } from './read-ndjson';

/** A batch as a route of the API names it. */
export function toParams({ tenant, batchId }: BatchKey) {
  return { path: { batchId }, query: { tenant } };
}

/**
 * The failure of a batch that is not there, with what may be amiss: who names no tenant means `default`
 * by a key of all tenants, and to a server that does not tell whose the key is.
 */
export function withTenantHint<Value>(
  { tenant, batchId }: BatchKey,
  answer: ServiceResult<Value>,
): ServiceResult<Value> {
  if (answer.ok || answer.code !== 'not-found' || tenant !== REQUEST_DEFAULTS.tenant) return answer;
  const hint = `If the tenant of your key is another one, name it: tenant/${batchId}.`;
  return { ...answer, message: `${answer.message} ${hint}` };
}

/** Longest time that the server waits for a batch, ms. */
const WAIT_MAX_MS = 5_000;

/**
 * Looks once.
 *
 * @param api - the server
 * @param key - which batch
 * @param options - how long the server may wait for the batch's own answer
 * @returns what is known; the failure of the server
 */
export async function readRemoteStatus(
  api: ApiConnection,
  key: BatchKey,
  { waitMs = Infinity }: StatusOptions = {},
): Promise<ServiceResult<BatchStatus>> {
  const { path, query } = toParams(key);
  const params = { path, query: { ...query, waitMs: Math.min(waitMs, WAIT_MAX_MS) } };
  const answer = await api.send((client) => client.GET('/v1/batches/{batchId}', { params }));
  const batch = withTenantHint(key, answer);
  if (!batch.ok) return batch;
  const { value } = batch;
  const run = toRunFacts(value);
  const progress = (value.progress ?? null) as BatchProgress | null;
  // A server of an earlier version does not say it.
  const progressAtMs = value.progressAt == null ? null : Date.parse(value.progressAt);
  const gap = value.gap === null ? null : toGapFailure(value.gap);
  const known = { key, run, progress, progressAtMs, finished: null, gap };
  if (value.result === null) return createSuccess(known);
  const finished = await readRemoteResult(api, key);
  return finished.ok ? createSuccess({ ...known, finished: finished.value }) : finished;
}

/**
 * Reads the latest final document.
 *
 * @param api - the server
 * @param key - which batch
 */
export async function readRemoteResult(
  api: ApiConnection,
  key: BatchKey,
): Promise<ServiceResult<FinishedBatch>> {
  const params = toParams(key);
  const answer = await api.send((client) => client.GET('/v1/batches/{batchId}/result', { params }));
  const document = withTenantHint(key, answer);
  if (!document.ok) return document;
  const base = `${api.url}/v1/batches/${encodeURIComponent(key.batchId)}`;
  const query = new URLSearchParams({ tenant: key.tenant });
  return createSuccess({
    document: document.value as unknown as ResultDocument,
    location: `${base}/result?${query}`,
    instancesLocation: `${base}/instances?${query}&format=ndjson`,
  });
}

/**
 * Opens the list of instances of a final document.
 *
 * @param api - the server
 * @param finished - the document
 * @returns the instances one by one; iterating throws when the answer breaks off
 */
export async function openRemoteInstances(
  api: ApiConnection,
  { document }: FinishedBatch,
): Promise<ServiceResult<AsyncIterable<ResultInstance>>> {
  const { tenant, batchId } = document;
  const params = { path: { batchId }, query: { tenant, format: 'ndjson' as const } };
  const opened = await api.send((client) =>
    client.GET('/v1/batches/{batchId}/instances', { params, parseAs: 'stream' }),
  );
  if (!opened.ok) return opened;
  const lines = readNdjson<ResultInstance>(opened.value as ReadableStream<Uint8Array>);
  return createSuccess(untilWhole(lines, document));
}

/**
 * One look of a watch.
 *
 * @param api - the server
 * @param key - which batch
 */
export async function lookAtRemote(api: ApiConnection, key: BatchKey): Promise<WatchEvent> {
  const status = await readRemoteStatus(api, key);
  if (!status.ok) return toFailureEvent(status);
  const { progress, finished, gap } = status.value;
  if (finished !== null) return { kind: 'finished', finished, historyEvents: null };
  // What it told before is no news, and its watcher has seen it.
  if (gap !== null || progress === null) return toFailureEvent(gap ?? SILENT);
  return { kind: 'progress', progress, historyEvents: null };
}

const SILENT: ServiceFailure = {
  ok: false,
  code: 'no-worker',
  message: 'No worker answers at the moment.',
};

function toRunFacts(batch: components['schemas']['Batch']): RunFacts | null {
  const { tenant, batchId, status, runId, submittedBy, schedule, startedAt, endedAt } = batch;
  if (status === null || runId === null || startedAt === null) return null;
  return {
    ...{ key: { tenant, batchId }, workflowId: toWorkflowId(tenant, batchId), runId, status },
    startedAtMs: Date.parse(startedAt),
    closedAtMs: endedAt === null ? null : Date.parse(endedAt),
    ...{ historyEvents: null, frozen: null, submittedBy, schedule, noted: batch.noted ?? null },
  };
}

/** A gap names its code as the failure that it stands for. */
function toGapFailure(gap: { readonly code: string; readonly detail: string }): ServiceFailure {
  return { ok: false, code: gap.code as ServiceFailureCode, message: gap.detail };
}
