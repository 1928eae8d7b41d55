import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchProgress } from '../domain/progress';
import type { BatchKey } from '../outbound/result-store';
import { describeRun } from './batch-run';
import { readRunResult } from './read-result';
import type { FinishedBatch } from './read-result';
import type { StatusSources } from './read-status';
import type { ServiceFailure, ServiceFailureCode } from './service-result';

/** What a watcher sees. The last event is `finished` or `failed`. */
export type WatchEvent =
  | {
      readonly kind: 'progress';
      readonly progress: BatchProgress;
      /** Events of the run's history so far; null over the HTTP API. */
      readonly historyEvents: number | null;
    }
  /** Nobody answers at the moment; the watch goes on. */
  | { readonly kind: 'waiting'; readonly failure: ServiceFailure }
  | {
      readonly kind: 'finished';
      readonly finished: FinishedBatch;
      readonly historyEvents: number | null;
    }
  | { readonly kind: 'failed'; readonly failure: ServiceFailure };

/** How often a watch asks, and when it stops. */
export interface WatchOptions {
  /** Pause after something changed, in milliseconds. Default 500. */
  readonly intervalMinMs?: number;
  /** Longest pause while nothing changes, in milliseconds. Default 2,000. */
  readonly intervalMaxMs?: number;
  /** Ends the watch; the batch goes on. */
  readonly signal?: AbortSignal;
}

const INTERVAL_GROWTH = 1.5;

/**
 * Follows a batch until its latest run has ended.
 *
 * @param sources - whom to ask
 * @param key - which batch
 * @param options - how often to ask, and when to stop
 */
export function watchBatch(
  sources: StatusSources,
  key: BatchKey,
  options: WatchOptions,
): AsyncGenerator<WatchEvent> {
  return watchByLooks(() => look(sources, key), options);
}

/**
 * Looks again and again, less often while nothing changes, until a look shows the end.
 *
 * @param look - one look
 * @param options - how often, and when to stop
 */
export async function* watchByLooks(
  look: () => Promise<WatchEvent>,
  options: WatchOptions,
): AsyncGenerator<WatchEvent> {
  const { intervalMinMs = 500, intervalMaxMs = 2_000, signal } = options;
  let intervalMs = intervalMinMs;
  let lastSeen = '';
  while (signal?.aborted !== true) {
    const event = await look();
    yield event;
    if (event.kind === 'finished' || event.kind === 'failed') return;
    const seen = toFingerprint(event);
    intervalMs = seen === lastSeen ? intervalMs * INTERVAL_GROWTH : intervalMinMs;
    intervalMs = Math.min(intervalMs, intervalMaxMs);
    lastSeen = seen;
    await sleep(intervalMs, undefined, signal === undefined ? {} : { signal }).catch(() => {});
  }
}

async function look({ client, store, desk }: StatusSources, key: BatchKey): Promise<WatchEvent> {
  const run = await describeRun(client, key);
  if (!run.ok) return toFailureEvent(run);
  const { historyEvents } = run.value;
  if (run.value.status === 'running') {
    const { told, gap } = await desk.look(run.value, Infinity);
    if (gap !== null) return toFailureEvent(gap);
    return { kind: 'progress', progress: told.progress, historyEvents };
  }
  const finished = await readRunResult(client, store, run.value);
  if (!finished.ok) return toFailureEvent(finished);
  return { kind: 'finished', finished: finished.value, historyEvents };
}

/** What no waiting mends; everything else may pass, and a watch may last for a day. */
const FINAL: ReadonlySet<ServiceFailureCode> = new Set([
  ...(['not-found', 'broken-run', 'refused'] as const),
  ...(['unauthenticated', 'forbidden', 'invalid-request', 'invalid-input'] as const),
]);

/**
 * A look that failed: the end of the watch, or something that may pass.
 *
 * @param failure - why
 */
export function toFailureEvent(failure: ServiceFailure): WatchEvent {
  return { kind: FINAL.has(failure.code) ? 'failed' : 'waiting', failure };
}

function toFingerprint(event: WatchEvent): string {
  return JSON.stringify(event.kind === 'progress' ? event.progress : event.kind);
}
