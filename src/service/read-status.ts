import type { Client } from '@temporalio/client';
import type { BatchProgress } from '../domain/progress';
import type { BatchKey, ResultStore } from '../outbound/result-store';
import { describeRun } from './batch-run';
import type { RunFacts } from './batch-run';
import { readProgress } from './read-progress';
import { readResult, readRunResult } from './read-result';
import type { FinishedBatch } from './read-result';
import { createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';

/** Everything that is known about a batch right now. */
export interface BatchStatus {
  readonly key: BatchKey;
  /** Null when Temporal has forgotten it and only the result is left. */
  readonly run: RunFacts | null;
  /** Of an open batch, when a worker answers. */
  readonly progress: BatchProgress | null;
  /** Of an ended batch. */
  readonly finished: FinishedBatch | null;
  /** Why a part of the answer is missing. */
  readonly gap: ServiceFailure | null;
}

/**
 * Looks once.
 *
 * @param client - the Temporal client
 * @param store - where results are kept
 * @param key - which batch
 * @returns what is known; `not-found`, `no-server`
 */
export async function readStatus(
  client: Client,
  store: ResultStore,
  key: BatchKey,
): Promise<ServiceResult<BatchStatus>> {
  const run = await describeRun(client, key);
  if (!run.ok) return run.code === 'not-found' ? readForgotten(client, store, key) : run;
  const known = { key, run: run.value, progress: null, finished: null, gap: null };
  if (run.value.status === 'running') {
    const progress = await readProgress(client, key);
    return createSuccess(
      progress.ok ? { ...known, progress: progress.value } : { ...known, gap: progress },
    );
  }
  const finished = await readRunResult(client, store, run.value);
  return createSuccess(
    finished.ok ? { ...known, finished: finished.value } : { ...known, gap: finished },
  );
}

async function readForgotten(
  client: Client,
  store: ResultStore,
  key: BatchKey,
): Promise<ServiceResult<BatchStatus>> {
  const finished = await readResult(client, store, key);
  if (!finished.ok) return finished;
  return createSuccess({ key, run: null, progress: null, finished: finished.value, gap: null });
}
