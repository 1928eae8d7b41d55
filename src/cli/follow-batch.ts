import type { BatchProgress } from '../domain/progress';
import type { BatchKey } from '../outbound/result-store';
import type { BatchFacade } from '../service/batch-facade';
import type { FinishedBatch } from '../service/read-result';
import type { ServiceFailure } from '../service/service-result';
import type { WatchEvent } from '../service/watch-batch';
import type { CliContext } from './cli-context';
import { createFailureReport, createReport } from './command-report';
import type { CommandReport } from './command-report';
import { toOutcomeExitCode } from './exit-code';
import { createDelayNews } from './live/delay-news';
import type { DelayNews } from './live/delay-news';
import { createLiveView } from './live/live-view';
import type { LiveFrame, LiveView } from './live/live-view';
import { createPaceMeter } from './live/ready-pace';
import type { PaceMeter } from './live/ready-pace';
import { toDelayText } from './views/human/delay-text';
import { toProgressLine, toProgressLines } from './views/human/progress-lines';
import { toResultLines, toResultNextStep } from './views/human/result-lines';

/** What is known of the looks before. */
interface Earlier {
  readonly meter: PaceMeter;
  readonly news: DelayNews;
}

/** How following a batch came to its end. */
export type FollowEnd =
  | {
      readonly kind: 'finished';
      readonly finished: FinishedBatch;
      /** Null over the HTTP API. */
      readonly historyEvents: number | null;
    }
  | { readonly kind: 'failed'; readonly failure: ServiceFailure }
  | { readonly kind: 'interrupted' };

/** Which batch to follow, and who looks on. */
export interface FollowOptions {
  readonly batches: BatchFacade;
  readonly key: BatchKey;
  readonly signal: AbortSignal;
  /** Gets every answer of the batch, and may write lines that stay. */
  readonly onProgress?: (progress: BatchProgress, view: LiveView) => void;
}

/**
 * Follows a batch to its end and shows how far it is on stderr.
 *
 * @param context - where to write
 * @param options - which batch
 */
export async function followBatch(context: CliContext, options: FollowOptions): Promise<FollowEnd> {
  const view = createLiveView(context.io);
  const earlier = { meter: createPaceMeter(), news: createDelayNews() };
  let lastLines: readonly string[] = [];
  const watched = options.batches.watch(options.key, { signal: options.signal });
  for await (const event of watched) {
    if (options.signal.aborted) break;
    switch (event.kind) {
      case 'progress':
        lastLines = showProgress(context, view, { event, ...earlier });
        options.onProgress?.(event.progress, view);
        break;
      case 'waiting':
        view.show(toWaitingFrame(event.failure, lastLines));
        break;
      case 'finished':
      case 'failed':
        view.end();
        return event;
    }
  }
  view.end();
  return { kind: 'interrupted' };
}

/**
 * The report of a batch that was followed to its end.
 *
 * @param context - colours
 * @param key - which batch
 * @param end - how it ended
 */
export function toFollowReport(context: CliContext, key: BatchKey, end: FollowEnd): CommandReport {
  const name = `${key.tenant}/${key.batchId}`;
  switch (end.kind) {
    case 'finished':
      return toFinishedReport(context, end.finished);
    case 'failed':
      return createFailureReport(end.failure);
    case 'interrupted':
      return createFailureReport({
        code: 'interrupted',
        message: `No longer watching. The batch ${name} goes on; come back with "tairfleet watch ${name}".`,
        data: { batchId: key.batchId, tenant: key.tenant },
      });
  }
}

/**
 * The report of a final document; its exit code is that of the outcome.
 *
 * @param context - colours
 * @param finished - the document and where it lies
 */
export function toFinishedReport(context: CliContext, finished: FinishedBatch): CommandReport {
  const { document, location } = finished;
  return createReport({ ...document, location }, toResultLines(finished, context.io.outColors), {
    exitCode: toOutcomeExitCode(document.outcome),
    next: toResultNextStep(document),
  });
}

function showProgress(
  context: CliContext,
  view: LiveView,
  seen: Earlier & { readonly event: Extract<WatchEvent, { kind: 'progress' }> },
): readonly string[] {
  const nowMs = Date.now();
  const progress = seen.news.take(seen.event.progress, nowMs);
  const pace = seen.meter.record(progress.counts, nowMs);
  const options = { nowMs, pace, colors: context.io.errorColors };
  const lines = toProgressLines(progress, options);
  view.show({
    lines,
    line: toProgressLine(progress, options),
    key: toFrameKey(progress),
  });
  return lines;
}

function toFrameKey(progress: BatchProgress): string {
  const { phase, counts, gate, hold, auditUntilMs } = progress;
  return JSON.stringify([
    phase,
    counts,
    gate?.code,
    hold,
    auditUntilMs,
    toDelayText(progress) !== null,
  ]);
}

/** What is known stays in sight, with the reason why nothing newer is. */
function toWaitingFrame(failure: ServiceFailure, known: readonly string[]): LiveFrame {
  const isWorkerGone = failure.code === 'no-worker';
  const line = isWorkerGone ? 'no worker answers at the moment' : failure.message;
  return { lines: [...known, `  ${line}`], line, key: line };
}
