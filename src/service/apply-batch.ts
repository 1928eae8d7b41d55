import type { Client } from '@temporalio/client';
import type { ProvisionBatchInput } from '../contract/messages';
import { PROVISION_BATCH, TASK_QUEUES } from '../contract/names';
import { SCHEDULE_MEMO } from '../contract/schedule-id';
import type { ScheduleMark } from '../contract/schedule-id';
import { toWorkflowId } from '../contract/workflow-id';
import { countSlots } from '../domain/batch-request';
import type { BatchRequest } from '../domain/batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { hashRequest } from '../domain/request-hash';
import type { ResultStore } from '../outbound/result-store';
import { REQUEST_HASH_MEMO, SUBMITTED_BY_MEMO, formatKey, withinTime } from './batch-run';
import type { RunFacts } from './batch-run';
import { findBatch, toKey } from './find-batch';
import type { FinishedBatch } from './read-result';
import { createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import type { Submission } from './submission';
import { classifyTemporalError, toServiceFailure } from './temporal-failure';

/** What became of a submission. */
export type Applied =
  | { readonly kind: 'started'; readonly workflowId: string; readonly runId: string }
  /** The same request was submitted before; its latest run is open or closed. */
  | { readonly kind: 'attached'; readonly run: RunFacts }
  /** The same request was submitted before, and only its result is left. */
  | { readonly kind: 'attached-to-result'; readonly stored: FinishedBatch };

/** What a start may differ in. */
export interface StartOptions {
  /** Whether a closed run of the same id is in the way: true for `apply`, false for `retry`. */
  readonly isFirst: boolean;
  /** The plan of the first submission, when it is known. */
  readonly frozen?: FrozenPlan;
  /** The schedule that has started the first run. */
  readonly schedule?: string;
}

/** The longest static summary that the server takes, in bytes (Temporal 1.32.0). */
const SUMMARY_BYTES_MAX = 200;

/**
 * Submits a batch request. Submitting the same request again finds the batch that is there.
 *
 * @param client - the Temporal client
 * @param store - where results outlive Temporal's memory
 * @param submission - the checked request with its document
 * @returns what became of it; `conflict` when the batch id is taken by another request
 */
export async function applyBatch(
  client: Client,
  store: ResultStore,
  submission: Submission,
): Promise<ServiceResult<Applied>> {
  const stored = (await store.list(toKey(submission))).at(-1);
  // Temporal forgets a closed run after its retention, and would then start the batch once more.
  if (stored !== undefined) return findBatch(client, store, submission);
  const { frozen } = submission;
  const started = await startRun(client, submission, {
    isFirst: true,
    ...(frozen === undefined ? {} : { frozen }),
  });
  return started ?? findBatch(client, store, submission);
}

/**
 * Starts a run of a batch.
 *
 * @param client - the Temporal client
 * @param submission - the checked request with its document
 * @param options - whether it is the first run
 * @returns the run; undefined when another one is in the way; `no-server`
 */
export async function startRun(
  client: Client,
  submission: Submission,
  options: StartOptions,
): Promise<ServiceResult<Applied> | undefined> {
  const { document, request, submittedBy } = submission;
  const key = toKey(submission);
  const workflowId = toWorkflowId(key.tenant, key.batchId);
  const input: ProvisionBatchInput = {
    request: document,
    ...(options.frozen === undefined ? {} : { frozen: options.frozen }),
  };
  try {
    const handle = await withinTime(client, () =>
      client.workflow.start(PROVISION_BATCH, {
        workflowId,
        taskQueue: TASK_QUEUES.main,
        args: [input],
        workflowIdReusePolicy: options.isFirst ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        staticSummary: toSummary(request),
        memo: {
          [REQUEST_HASH_MEMO]: hashRequest(request),
          ...(submittedBy === undefined ? {} : { [SUBMITTED_BY_MEMO]: submittedBy }),
          ...toScheduleMemo(options.schedule),
        },
      }),
    );
    return createSuccess({ kind: 'started', workflowId, runId: handle.firstExecutionRunId });
  } catch (error) {
    if (classifyTemporalError(error) === 'already-started') return undefined;
    return toServiceFailure(error, `start the batch ${formatKey(key)}`);
  }
}

function toScheduleMemo(name: string | undefined): Readonly<Record<string, ScheduleMark>> {
  return name === undefined ? {} : { [SCHEDULE_MEMO]: { name, firings: null } };
}

/** One line for the lists of the Temporal UI: how many, for whom, which batch. */
export function toSummary(request: BatchRequest): string {
  const slots = countSlots(request);
  const instances = slots === 1 ? '1 instance' : `${slots.toLocaleString('en-US')} instances`;
  const summary = `${instances} for ${request.tenant}: ${request.batchId}`;
  return Buffer.from(summary).subarray(0, SUMMARY_BYTES_MAX).toString();
}
