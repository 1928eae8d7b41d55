import { defaultPayloadConverter } from '@temporalio/common';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { FROZEN_MEMO } from '../contract/names';
import { SCHEDULE_MEMO } from '../contract/schedule-id';
import type { ScheduleMark } from '../contract/schedule-id';
import { fromWorkflowId, toWorkflowId } from '../contract/workflow-id';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { hashRequest } from '../domain/request-hash';
import type { BatchKey } from '../outbound/result-store';
import { readNotedProgress } from './noted-progress';
import type { NotedProgress } from './noted-progress';
import { createFailure, createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import { classifyTemporalError, toServiceFailure } from './temporal-failure';

/** Memo key under which the service keeps the hash of the request it started a run with. */
export const REQUEST_HASH_MEMO = 'tairfleet.requestHash';

/** Memo key under which the service keeps who submitted the request. */
export const SUBMITTED_BY_MEMO = 'tairfleet.submittedBy';

/** A call to the server that takes longer counts as unanswered. */
export const CALL_TIMEOUT_MS = 10_000;

/** How Temporal names the state of a run, as far as we tell it apart. */
export type RunStatus =
  'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timedOut';

/** What anybody who may see a batch can know about its latest run. */
export interface RunFacts {
  readonly key: BatchKey;
  readonly workflowId: string;
  readonly runId: string;
  readonly status: RunStatus;
  readonly startedAtMs: number;
  readonly closedAtMs: number | null;
  /** Events of this run's history; null over the HTTP API. */
  readonly historyEvents: number | null;
  /** The plan that is fixed for this batch id (rule R11), once the run has made it; null over the HTTP API. */
  readonly frozen: FrozenPlan | null;
  /** Who submitted the request, when its memo says so. */
  readonly submittedBy: string | null;
  /** What an open batch has noted at its last change of phase; null for nothing. */
  readonly noted: NotedProgress | null;
  /** Name of the schedule that has started the batch; null when somebody has submitted it. */
  readonly schedule: string | null;
}

/** What Temporal knows about the latest run of a batch. */
export interface BatchRun extends RunFacts {
  readonly historyEvents: number;
  /** Hash of the request the run was started with; null when it says nothing about it. */
  readonly requestHash: string | null;
}

/**
 * Looks a batch up by its id; the latest run counts.
 *
 * @param client - the Temporal client
 * @param key - which batch
 * @returns the run; `not-found`, `no-server`
 */
export async function describeRun(client: Client, key: BatchKey): Promise<ServiceResult<BatchRun>> {
  const workflowId = toWorkflowId(key.tenant, key.batchId);
  try {
    const found = await withinTime(client, () => client.workflow.getHandle(workflowId).describe());
    return createSuccess(toBatchRun(key, found));
  } catch (error) {
    return toServiceFailure(error, `look up the batch ${formatKey(key)}`);
  }
}

/**
 * Reads the request that a run was started with from its first event.
 *
 * @param client - the Temporal client
 * @param run - the run
 * @returns the submitted document; `unexpected` when the run was started with something else
 */
export async function readSubmittedDocument(
  client: Client,
  run: BatchRun,
): Promise<ServiceResult<unknown>> {
  const what = `read the request of ${formatKey(run.key)}`;
  try {
    const document = await readStartDocument(client, run);
    if (document === undefined) {
      return createFailure('unexpected', `Could not ${what}: it was started without.`);
    }
    return createSuccess(document);
  } catch (error) {
    return toServiceFailure(error, what);
  }
}

/**
 * What a run was started with, from its first event; undefined when that was nothing.
 *
 * @throws what the client throws
 */
export async function readStartDocument(
  client: Client,
  { workflowId, runId }: Pick<BatchRun, 'workflowId' | 'runId'>,
): Promise<unknown> {
  const { history } = await withinTime(client, () =>
    client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      maximumPageSize: 1,
    }),
  );
  const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  const payload = started?.input?.payloads?.[0];
  return payload ? toDocument(defaultPayloadConverter.fromPayload(payload)) : undefined;
}

/**
 * The hash of the request of a run: as its memo says, or counted from what it was started with (a
 * start from the Temporal UI leaves no memo until a worker has planned it).
 *
 * @param client - the Temporal client
 * @param run - the run
 * @returns the hash; null when what it was started with is no valid request
 */
export async function readRequestHash(
  client: Client,
  run: BatchRun,
): Promise<ServiceResult<string | null>> {
  if (run.requestHash !== null) return createSuccess(run.requestHash);
  const document = await readSubmittedDocument(client, run);
  if (!document.ok) return document;
  const checked = checkBatchRequest(document.value, { fallbackBatchId: run.key.batchId });
  return createSuccess(checked.ok ? hashRequest(checked.request) : null);
}

/**
 * Runs a call with a time limit, since a gRPC call without one may wait for ever.
 *
 * @param client - the Temporal client
 * @param call - the call
 * @param timeoutMs - milliseconds until it counts as unanswered
 */
export function withinTime<Value>(
  client: Client,
  call: () => Promise<Value>,
  timeoutMs: number = CALL_TIMEOUT_MS,
): Promise<Value> {
  return client.withDeadline(Date.now() + timeoutMs, call);
}

/**
 * Whether the server is there at all; tells a missing worker from a missing server.
 *
 * @param client - the Temporal client
 */
export async function isServerAnswering(client: Client): Promise<boolean> {
  try {
    await withinTime(client, () => client.workflowService.getSystemInfo({}), 3_000);
    return true;
  } catch (error) {
    return !['unreachable', 'too-late'].includes(classifyTemporalError(error));
  }
}

/** `tenant/batchId`, as people write it. */
export function formatKey(key: BatchKey): string {
  return `${key.tenant}/${key.batchId}`;
}

/** The state of a run by Temporal's name for it, such as `TIMED_OUT`. */
export function toRunStatus(name: string): RunStatus {
  return STATUS_BY_NAME[name] ?? 'running';
}

const STATUS_BY_NAME: Readonly<Record<string, RunStatus>> = {
  RUNNING: 'running',
  PAUSED: 'running',
  CONTINUED_AS_NEW: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timedOut',
};

function toBatchRun(key: BatchKey, found: WorkflowExecutionDescription): BatchRun {
  const frozen = (found.memo?.[FROZEN_MEMO] ?? null) as FrozenPlan | null;
  const hash = found.memo?.[REQUEST_HASH_MEMO];
  const submittedBy = found.memo?.[SUBMITTED_BY_MEMO];
  const status = toRunStatus(found.status.name);
  return {
    key: fromWorkflowId(found.workflowId) ?? key,
    workflowId: found.workflowId,
    runId: found.runId,
    status,
    startedAtMs: found.startTime.getTime(),
    closedAtMs: found.closeTime?.getTime() ?? null,
    historyEvents: found.historyLength,
    requestHash: typeof hash === 'string' ? hash : (frozen?.requestHash ?? null),
    frozen,
    submittedBy: typeof submittedBy === 'string' ? submittedBy : null,
    noted: status === 'running' ? readNotedProgress(found.searchAttributes) : null,
    schedule: readScheduleName(found.memo),
  };
}

/** The schedule that a run was started by, as its memo says; null for none. */
export function readScheduleName(
  memo: Readonly<Record<string, unknown>> | undefined,
): string | null {
  return (memo?.[SCHEDULE_MEMO] as ScheduleMark | undefined)?.name ?? null;
}

/** The start form of the Temporal UI may send the bare request, or wrap it in `request`. */
function toDocument(input: unknown): unknown {
  const isWrapped = typeof input === 'object' && input !== null && 'request' in input;
  return isWrapped ? input.request : input;
}
