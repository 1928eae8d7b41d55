import type { Client } from '@temporalio/client';
import type { BatchProgress } from '../domain/progress';
import type { BatchKey, ResultStore } from '../outbound/result-store';
import { describeRun } from './batch-run';
import type { RunFacts } from './batch-run';
import type { ProgressDesk } from './progress-desk';
import { readResult, readRunResult } from './read-result';
import type { FinishedBatch } from './read-result';
import { createSuccess } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';

/** Everything that is known about a batch right now. */
export interface BatchStatus {
  readonly key: BatchKey;
  /** Null when Temporal has forgotten it and only the result is left. */
  readonly run: RunFacts | null;
  /** Of an open batch, as it has told last; null when it has told nothing yet. */
  readonly progress: BatchProgress | null;
  /** Progress is no older than this, ms since the epoch; null without it. */
  readonly progressAtMs: number | null;
  /** Of an ended batch. */
  readonly finished: FinishedBatch | null;
  /** Why a part of the answer is missing, or older than the look. */
  readonly gap: ServiceFailure | null;
}

/** How a look is taken. */
export interface StatusOptions {
  /** How long to wait for the batch's own answer, ms; when left out, until it is there or given up. */
  readonly waitMs?: number;
}

/** Whom a look asks. */
export interface StatusSources {
  readonly client: Client;
  /** Where results are kept. */
  readonly store: ResultStore;
  readonly desk: ProgressDesk;
}

/**
 * Looks once.
 *
 * @param sources - whom to ask
 * @param key - which batch
 * @param options - how long to wait
 * @returns what is known; `not-found`, `no-server`
 */
export async function readStatus(
  { client, store, desk }: StatusSources,
  key: BatchKey,
  { waitMs = Infinity }: StatusOptions = {},
): Promise<ServiceResult<BatchStatus>> {
  const run = await describeRun(client, key);
  if (!run.ok) return run.code === 'not-found' ? readForgotten(client, store, key) : run;
  const known = { ...NOTHING, key, run: run.value };
  if (run.value.status === 'running') {
    const { told, gap } = await desk.look(run.value, waitMs);
    const progress = told?.progress ?? null;
    return createSuccess({ ...known, progress, progressAtMs: told?.askedAtMs ?? null, gap });
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
  return createSuccess({ ...NOTHING, key, run: null, finished: finished.value });
}

const NOTHING = { progress: null, progressAtMs: null, finished: null, gap: null } as const;
