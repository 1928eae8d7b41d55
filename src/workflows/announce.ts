import {
  CancellationScope,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  sleep,
  startChild,
  workflowInfo,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  NOTIFY_RECEIVER,
  type AnnounceCarry,
  type NotifyReceiverInput,
  toNotifyWorkflowId,
} from '../contract/notify-types';
import { createAttentionEvent, createFinishedEvent, type BatchEvent } from '../domain/batch-event';
import {
  toNotificationEvents,
  type BatchRequest,
  type NotificationEvent,
  type SignalNotification,
  type WebhookNotification,
} from '../domain/batch-request';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { Identity } from '../domain/identity';
import { toIdentity } from '../domain/plan';
import type { BatchProgress } from '../domain/progress';
import type { ResultDocument } from '../domain/result';
import type { BatchLog } from './batch-log';

/** Whose events are told, and how. */
export interface AnnouncerOptions {
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
  readonly tuning: Pick<Tuning, 'attentionDelayMs' | 'notifyForMs'>;
  readonly log: BatchLog;
  /** Left by the run before this one. */
  readonly carry: AnnounceCarry | null;
}

/**
 * Tells whom the request names. A receiver that is gone is recorded, and fails nothing: signals are
 * sent once, webhooks are left to a workflow of their own that outlives the batch.
 */
export class Announcer {
  private readonly identity: Identity;
  private readonly isAttentionWanted: boolean;
  private episode: number;
  private sinceMs: number | null;
  private isTold: boolean;
  private isWatching = false;
  private progress: BatchProgress | null = null;

  constructor(private readonly options: AnnouncerOptions) {
    const { request, frozen, carry } = options;
    this.identity = toIdentity(request, frozen);
    this.isAttentionWanted = request.notify.some((entry) =>
      toNotificationEvents(entry).includes('needsAttention'),
    );
    this.episode = carry?.episode ?? 0;
    this.sinceMs = carry?.sinceMs ?? null;
    this.isTold = carry?.isTold ?? false;
  }

  /** Takes every change of the progress; tells of it once it has needed a person for long enough. */
  noteProgress(progress: BatchProgress): void {
    if (!this.isAttentionWanted) return;
    this.progress = progress;
    if (!progress.needsOperator) {
      this.sinceMs = null;
      this.isTold = false;
      return;
    }
    this.sinceMs ??= Date.now();
    if (!this.isWatching && !this.isTold) void this.watch();
  }

  /** Tells of the end, once the document is stored. */
  async finished(document: ResultDocument): Promise<void> {
    this.sinceMs = null;
    await this.tell('finished', createFinishedEvent(this.identity, document));
  }

  /** What the next run must know, so that an episode stays one. */
  toCarry(): AnnounceCarry {
    return { episode: this.episode, sinceMs: this.sinceMs, isTold: this.isTold };
  }

  /** One timer at most, however often the need comes and goes: each of them stays in the history. */
  private async watch(): Promise<void> {
    this.isWatching = true;
    await CancellationScope.nonCancellable(async () => {
      while (this.sinceMs !== null && !this.isTold) {
        const leftMs = this.sinceMs + this.options.tuning.attentionDelayMs - Date.now();
        if (leftMs <= 0) await this.tellAttention(this.sinceMs);
        else await sleep(leftMs, { summary: 'does it still need a person then?' });
      }
    });
    this.isWatching = false;
  }

  private async tellAttention(sinceMs: number): Promise<void> {
    if (this.progress === null) return;
    this.isTold = true;
    this.episode += 1;
    const firstRunId = workflowInfo().firstExecutionRunId;
    const of = { identity: this.identity, firstRunId, episode: this.episode, sinceMs };
    await this.tell('needsAttention', createAttentionEvent(of, this.progress));
  }

  private async tell(event: NotificationEvent, told: BatchEvent): Promise<void> {
    await Promise.all(
      this.options.request.notify.map(async (entry, receiver) => {
        if (!toNotificationEvents(entry).includes(event)) return;
        if ('signal' in entry) await this.signal(entry.signal, told.data);
        else await this.deliver(entry.webhook, told, receiver);
      }),
    );
  }

  private async signal(
    { workflowId, name }: SignalNotification['signal'],
    data: BatchEvent['data'],
  ): Promise<void> {
    const what = `signal ${name} to ${workflowId}`;
    try {
      await getExternalWorkflowHandle(workflowId).signal(name, data);
      this.options.log.record('notified', {}, what);
    } catch {
      this.options.log.record('notNotified', {}, `${what}: no such running workflow`);
    }
  }

  /** Waits for the start only: a dead receiver must not hold up the end of the batch. */
  private async deliver(
    webhook: WebhookNotification['webhook'],
    event: BatchEvent,
    receiver: number,
  ): Promise<void> {
    const { log, tuning } = this.options;
    const { tenant, batchId } = this.identity;
    const what = `${event.type} to the webhook notify[${receiver}]`;
    const input: NotifyReceiverInput = {
      ...{ webhook, event, tenant },
      notifyForMs: tuning.notifyForMs,
    };
    try {
      const delivery = await startChild(NOTIFY_RECEIVER, {
        workflowId: toNotifyWorkflowId({ tenant, batchId, eventId: event.id, receiver }),
        args: [input],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        // After a reset the same event is not told again, unless nobody has taken it yet.
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        staticSummary: what,
      });
      log.record('notifying', {}, what);
      void delivery.result().then(
        () => log.record('notified', {}, what),
        () => log.record('notNotified', {}, `${what}: see the workflow ${delivery.workflowId}`),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      log.record('notified', {}, `${what}: told before`);
    }
  }
}
