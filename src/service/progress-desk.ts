import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import fastq from 'fastq';
import { LRUCache } from 'lru-cache';
import { toWorkflowId } from '../contract/workflow-id';
import type { BatchProgress } from '../domain/progress';
import type { BatchKey } from '../outbound/result-store';
import { formatKey } from './batch-run';
import type { RunFacts } from './batch-run';
import { readProgress } from './read-progress';
import { createFailure } from './service-result';
import type { ServiceFailure, ServiceResult } from './service-result';

/** What a batch has told about itself. */
export interface ToldProgress {
  readonly progress: BatchProgress;
  /** When it was asked, ms since the epoch: what it told is no older than that. */
  readonly askedAtMs: number;
}

/** What one look at the progress of a batch has found. */
export type ProgressLook =
  /** What the batch says now. */
  | { readonly told: ToldProgress; readonly gap: null }
  /** The latest that is known, null for nothing yet, and why it says no more: `worker-busy`, `no-worker`, … */
  | { readonly told: ToldProgress | null; readonly gap: ServiceFailure };

/** Batches whose last word is kept, and how long: who does not come back by then starts afresh. */
const BATCHES_MAX = 1_000;
const KEPT_MS = 10 * 60_000;

/** Queries at once. More would only wait at the workers, and keep them from buying. */
const QUERIES_MAX = 16;

/** What is kept of a run. */
interface Entry {
  readonly runId: string;
  told: ToldProgress | null;
  asking: Promise<ServiceResult<ToldProgress>> | null;
}

/**
 * Asks batches how far they are, for many who want to know it. A worker that has much to do answers
 * late, so whoever asks says how long it waits, and gets the last word with its age after that; the
 * question goes on, for the next one who asks. At any time there is one question to a batch.
 */
export class ProgressDesk {
  private readonly entries = new LRUCache<string, Entry>({ max: BATCHES_MAX, ttl: KEPT_MS });
  private readonly queries;

  /** @param client - the Temporal client */
  constructor(client: Client) {
    this.queries = fastq.promise(async (key: BatchKey) => {
      const askedAtMs = Date.now();
      return { askedAtMs, answer: await readProgress(client, key) };
    }, QUERIES_MAX);
  }

  /**
   * Looks at the progress of an open batch.
   *
   * @param run - its latest run; what an earlier run told is not shown
   * @param waitMs - how long to wait for its answer, ms; Infinity: until it is there or given up
   */
  async look(run: Pick<RunFacts, 'key' | 'runId'>, waitMs: number): Promise<ProgressLook> {
    const entry = this.openEntry(run);
    entry.asking ??= this.ask(run.key, entry);
    const answer = await waitFor(entry.asking, waitMs);
    if (answer?.ok === true) return { told: answer.value, gap: null };
    return { told: entry.told, gap: answer ?? createWorkerBusy(run.key) };
  }

  /** Drops what a batch has told, since it has been given an order after that. */
  forget({ tenant, batchId }: BatchKey): void {
    this.entries.delete(toWorkflowId(tenant, batchId));
  }

  private openEntry({ key, runId }: Pick<RunFacts, 'key' | 'runId'>): Entry {
    const id = toWorkflowId(key.tenant, key.batchId);
    const known = this.entries.get(id);
    if (known?.runId === runId) return known;
    const opened: Entry = { runId, told: null, asking: null };
    this.entries.set(id, opened);
    return opened;
  }

  private async ask(key: BatchKey, entry: Entry): Promise<ServiceResult<ToldProgress>> {
    try {
      const { askedAtMs, answer } = await this.queries.push(key);
      if (!answer.ok) return answer;
      entry.told = { progress: answer.value, askedAtMs };
      return { ok: true, value: entry.told };
    } finally {
      entry.asking = null;
    }
  }
}

/** Null when the time is up first. */
async function waitFor<Value>(promise: Promise<Value>, waitMs: number): Promise<Value | null> {
  if (waitMs === Infinity) return promise;
  const over = new AbortController();
  const time = sleep(waitMs, null, { signal: over.signal }).catch(() => null);
  return Promise.race([promise, time]).finally(() => over.abort());
}

function createWorkerBusy(key: BatchKey): ServiceFailure {
  return createFailure(
    'worker-busy',
    `The worker of ${formatKey(key)} has much to do and has not yet said how far the batch is. ` +
      'The batch goes on; ask again in a moment.',
  );
}
