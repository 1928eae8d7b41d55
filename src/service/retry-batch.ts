import type { Client } from '@temporalio/client';
import type { ActionAnswer, RetryFailedInput } from '../contract/messages';
import { checkBatchRequest } from '../domain/check-batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { formatProblem } from '../domain/problem';
import { hashRequest } from '../domain/request-hash';
import type { BatchKey, ResultStore, StoredResult } from '../outbound/result-store';
import { actOnBatch } from './act-on-batch';
import { startRun } from './apply-batch';
import type { Submission } from './submission';
import { describeRun, formatKey, readSubmittedDocument } from './batch-run';
import type { BatchRun } from './batch-run';
import { createConflict, findDifferences } from './find-batch';
import { createFailure, createSuccess } from './service-result';
import type { ServiceResult } from './service-result';

/** What a retry did. */
export type Retried =
  /** The batch is open: its parked chunks go on. */
  | { readonly kind: 'resumed'; readonly answer: ActionAnswer }
  /** The batch had ended: its next run looks for what exists and buys what is missing. */
  | { readonly kind: 'started'; readonly workflowId: string; readonly runId: string };

/** What to retry. */
export interface RetryInput extends RetryFailedInput {
  /** The request of the first submission, for a batch that Temporal has forgotten. */
  readonly submission?: Submission;
}

/**
 * Retries what failed: in the open batch, or by the next run of an ended one.
 *
 * @param client - the Temporal client
 * @param store - where results are kept
 * @param retry - which batch, and what of it
 * @returns what was done; `already-finished` when nothing is missing, `conflict` when the given
 *   request is another one, `refused`, `not-found`, `no-worker`, `no-server`
 */
export async function retryBatch(
  client: Client,
  store: ResultStore,
  retry: { readonly key: BatchKey; readonly input: RetryInput },
): Promise<ServiceResult<Retried>> {
  const { submission, ...input } = retry.input;
  const run = await describeRun(client, retry.key);
  if (!run.ok && run.code !== 'not-found') return run;
  if (run.ok && run.value.status === 'running') {
    const answer = await actOnBatch(client, retry.key, { name: 'retryFailed', input });
    return answer.ok ? createSuccess({ kind: 'resumed', answer: answer.value }) : answer;
  }
  const stored = (await store.list(retry.key)).at(-1);
  const known = run.ok ? run.value : undefined;
  if (known === undefined && stored === undefined) return run as ServiceResult<never>;
  return startNextRun(client, { key: retry.key, input, submission, run: known, stored });
}

interface NextRun {
  readonly key: BatchKey;
  readonly input: RetryFailedInput;
  readonly submission: Submission | undefined;
  readonly run: BatchRun | undefined;
  readonly stored: StoredResult | undefined;
}

async function startNextRun(client: Client, next: NextRun): Promise<ServiceResult<Retried>> {
  const { key, run, stored } = next;
  if (next.input.chunks !== undefined) {
    return createFailure(
      'refused',
      `The batch ${formatKey(key)} has ended, so single chunks cannot be retried. Leave out ` +
        '--chunks: the next run buys exactly what is missing.',
    );
  }
  if (stored !== undefined && stored.document.counts.released > 0) {
    return createFailure(
      'refused',
      `The batch ${formatKey(key)} was released, so there is nothing to go on with. Submit its ` +
        'request under a new batch id.',
    );
  }
  if (stored !== undefined && isComplete(stored) && (run?.status ?? 'completed') === 'completed') {
    const { slots } = stored.document.counts;
    const all = slots.toLocaleString('en-US');
    return createFailure('already-finished', `Nothing is missing: ${all} of ${all} are ready.`);
  }
  const submission = await findSubmission(client, next);
  if (!submission.ok) return submission;
  const frozen = run?.frozen ?? (stored?.document.frozen as FrozenPlan | undefined);
  const knownHash = frozen?.requestHash ?? run?.requestHash ?? null;
  if (knownHash !== null && knownHash !== hashRequest(submission.value.request)) {
    const { value } = submission;
    return createConflict(key, run === undefined ? [] : await findDifferences(client, run, value));
  }
  const { by } = next.input;
  const signed = by === undefined ? submission.value : { ...submission.value, submittedBy: by };
  const started = await startRun(client, signed, {
    isFirst: false,
    ...(frozen === undefined ? {} : { frozen }),
    ...(run?.schedule == null ? {} : { schedule: run.schedule }),
  });
  if (started === undefined) {
    return createFailure('refused', `Another run of ${formatKey(key)} was started just now.`);
  }
  if (!started.ok) return started;
  return createSuccess(started.value as Extract<Retried, { kind: 'started' }>);
}

async function findSubmission(client: Client, next: NextRun): Promise<ServiceResult<Submission>> {
  if (next.submission !== undefined) return createSuccess(next.submission);
  if (next.run === undefined) {
    return createFailure(
      'not-found',
      `Temporal has forgotten ${formatKey(next.key)}, and only its result is left. Give its ` +
        'request again with --file.',
    );
  }
  const document = await readSubmittedDocument(client, next.run);
  if (!document.ok) return document;
  const checked = checkBatchRequest(document.value, { fallbackBatchId: next.key.batchId });
  if (checked.ok) return createSuccess({ document: document.value, request: checked.request });
  return createFailure(
    'refused',
    `The batch ${formatKey(next.key)} was started with a request that is not valid: ` +
      `${checked.problems.map(formatProblem).join('; ')}. Give the corrected one with --file.`,
  );
}

function isComplete(stored: StoredResult): boolean {
  const { counts } = stored.document;
  return counts.ready === counts.slots;
}
