import type { Client } from '@temporalio/client';
import { FAILURES } from '../contract/failure-types';
import type { ResultDocument } from '../domain/result';
import type { BatchKey, ResultStore } from '../outbound/result-store';
import { describeRun, formatKey, withinTime } from './batch-run';
import type { BatchRun } from './batch-run';
import { createFailure, createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';
import { classifyTemporalError, toCause, toServiceFailure } from './temporal-failure';

/** What `provisionBatch` gives at its end. */
type ProvisionBatch = () => Promise<ResultDocument>;

/** A final document, and where it lies when the result store has it. */
export interface FinishedBatch {
  readonly document: ResultDocument;
  readonly location: string | null;
  readonly instancesLocation: string | null;
}

/**
 * Reads the latest final document of a batch: from the result store, which outlives Temporal's
 * memory, or else from the latest run.
 *
 * @param client - the Temporal client
 * @param store - where results are kept
 * @param key - which batch
 * @returns the document; `not-found`, `not-finished`, `broken-run`, `no-server`
 */
export async function readResult(
  client: Client,
  store: ResultStore,
  key: BatchKey,
): Promise<ServiceResult<FinishedBatch>> {
  const stored = (await store.list(key)).at(-1);
  if (stored !== undefined) return createSuccess(stored);
  const run = await describeRun(client, key);
  if (!run.ok) return run;
  return readRunResult(client, store, run.value);
}

/**
 * Reads the final document of one run.
 *
 * @param client - the Temporal client
 * @param store - where results are kept; knows the addresses
 * @param run - the run, open or closed
 * @returns the document; `not-finished`, `broken-run`, `no-server`
 */
export async function readRunResult(
  client: Client,
  store: ResultStore,
  run: BatchRun,
): Promise<ServiceResult<FinishedBatch>> {
  if (run.status === 'running') {
    return createFailure('not-finished', `The batch ${formatKey(run.key)} has not ended yet.`);
  }
  try {
    const handle = client.workflow.getHandle<ProvisionBatch>(run.workflowId, run.runId);
    const document = await withinTime(client, () => handle.result());
    const stored = (await store.list(run.key)).find(
      (candidate) => candidate.document.generation === document.generation,
    );
    return createSuccess({
      // A release or a reconciliation after the end has written a later revision.
      document: toLatest(document, stored?.document),
      location: stored?.location ?? null,
      instancesLocation: stored?.instancesLocation ?? null,
    });
  } catch (error) {
    if (classifyTemporalError(error) === 'run-failed') return createBrokenRun(run, error);
    return toServiceFailure(error, `read the result of ${formatKey(run.key)}`);
  }
}

function toLatest(document: ResultDocument, stored: ResultDocument | undefined): ResultDocument {
  const isLater = stored?.firstRunId === document.firstRunId && stored.revision > document.revision;
  return isLater ? stored : document;
}

/** The failures of a run that was refused before it began. */
const REFUSALS: ReadonlySet<string> = new Set([
  FAILURES.invalidRequest,
  FAILURES.planConflict,
  FAILURES.wrongWorkflowId,
  FAILURES.refusedByGuard,
]);

function createBrokenRun(run: BatchRun, error: unknown): ServiceFailure {
  const name = formatKey(run.key);
  const { type, text } = toCause(error);
  if (type !== null && REFUSALS.has(type)) {
    return createFailure(
      'refused',
      `The worker refused the batch ${name} (${type}): ${text}. Mend the cause, then "tairfleet ` +
        `retry ${name}".`,
    );
  }
  return createFailure(
    'broken-run',
    `The last run of ${name} ended without a result (${run.status}): ${text}. What it bought is ` +
      `not lost: "tairfleet retry ${name}" starts the next run, which finds it again by name.`,
  );
}
