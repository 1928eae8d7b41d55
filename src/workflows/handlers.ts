import { defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import type { ActionAnswer, ActionNote, RetryFailedInput } from '../contract/messages';
import { PROGRESS_QUERY, SHARD_SIGNALS, UPDATES } from '../contract/names';
import type { ShardReport } from '../contract/shard-messages';
import type { BatchProgress } from '../domain/progress';
import { checkNote } from './action-note';
import type { BatchLife } from './batch-life';

const progressQuery = defineQuery<BatchProgress>(PROGRESS_QUERY);
const retryFailedUpdate = defineUpdate<ActionAnswer, [RetryFailedInput | undefined]>(
  UPDATES.retryFailed,
);
const pauseUpdate = defineUpdate<ActionAnswer, [ActionNote | undefined]>(UPDATES.pause);
const resumeUpdate = defineUpdate<ActionAnswer, [ActionNote | undefined]>(UPDATES.resume);
const reportSignal = defineSignal<[ShardReport]>(SHARD_SIGNALS.report);
const cancelUpdate = defineUpdate<ActionAnswer, [ActionNote | undefined]>(UPDATES.cancel);

/** Registers what operators can ask and order; their descriptions stand in the Temporal UI. */
export function handleMessages(batch: BatchLife): void {
  setHandler(progressQuery, () => batch.toProgress(), {
    description: 'How far the batch is, what it waits for, and what needs a person.',
  });
  setHandler(reportSignal, (report) => batch.takeReport(report), {
    description: 'From the shards of this batch; not for people.',
  });
  handleRetry(batch);
  handlePause(batch);
  setHandler(
    cancelUpdate,
    (input) => {
      batch.cancel(input ?? {});
      return toAnswer('cancelling: nothing new is sent, what is in flight is awaited and kept');
    },
    {
      validator: (input) => {
        checkNote(input);
        if (batch.isEnding) throw new Error('the batch is ending already; nothing to cancel');
      },
      description:
        'End the batch: nothing new is sent, bought instances are kept and listed. ' +
        'Input: {"by": "…", "why": "…", "ticket": "…"}, all optional.',
    },
  );
}

function handleRetry(batch: BatchLife): void {
  setHandler(
    retryFailedUpdate,
    (input) => {
      const chunks = batch.retry(input?.chunks ?? null, input ?? {});
      return toAnswer(chunks.length === 0 ? 'probing at once' : 'retrying', chunks);
    },
    {
      validator: (input) => {
        checkNote(input);
        checkChunks(batch, input?.chunks);
      },
      description:
        'Try parked chunks again once their cause is mended; never buys twice. ' +
        'Input: {"chunks": ["sessions/0-89"]} or nothing for all; also "by", "why", "ticket".',
    },
  );
}

function handlePause(batch: BatchLife): void {
  setHandler(
    pauseUpdate,
    (input) => {
      batch.pause(input ?? {});
      return toAnswer('paused: calls in flight are finished, no new ones are made');
    },
    {
      validator: (input) => {
        checkNote(input);
        if (batch.isEnding) throw new Error('the batch is ending already; nothing to pause');
        if (batch.isPausedNow) throw new Error('the batch is paused already; send resume to go on');
      },
      description: 'Make no new calls until resume. Input: {"by": "…", "why": "…"}, optional.',
    },
  );
  setHandler(
    resumeUpdate,
    (input) => {
      batch.resume(input ?? {});
      return toAnswer('resumed');
    },
    {
      validator: (input) => {
        checkNote(input);
        if (!batch.isPausedNow) throw new Error('the batch is not paused; nothing to resume');
      },
      description: 'Go on after a pause. Input: {"by": "…", "why": "…"}, optional.',
    },
  );
}

function checkChunks(batch: BatchLife, chunks: unknown): void {
  if (batch.isEnding) throw new Error('the batch is ending already; retry it when it has ended');
  if (!batch.isRetryUseful) throw new Error('nothing is parked and no gate is closed');
  if (chunks === undefined || chunks === null) return;
  const parked = batch.listParked();
  const isList = Array.isArray(chunks) && chunks.every((chunk) => typeof chunk === 'string');
  const unknown = isList ? (chunks as string[]).filter((chunk) => !parked.includes(chunk)) : [];
  if (!isList || unknown.length > 0) {
    const shown = parked.slice(0, 20).join(', ');
    throw new Error(
      `'chunks' must list parked chunks; not parked: ${unknown.join(', ')}; parked are: ${shown}`,
    );
  }
}

function toAnswer(message: string, chunks: readonly string[] = []): ActionAnswer {
  return { message, chunks };
}
