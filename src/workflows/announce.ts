import { CancellationScope, sleep, workflowInfo } from '@temporalio/workflow';
import type { AnnounceCarry } from '../contract/notify-types';
import { createAttentionEvent, createFinishedEvent, type BatchEvent } from '../domain/batch-event';
import {
  toNotificationEvents,
  type BatchRequest,
  type NotificationEvent,
} from '../domain/batch-request';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { Identity } from '../domain/identity';
import { toIdentity } from '../domain/plan';
import type { BatchProgress } from '../domain/progress';
import type { ResultDocument } from '../domain/result';
import type { BatchLog } from './batch-log';
import { tellReceivers } from './tell-receivers';

/** Whose events are told, and how. */
export interface AnnouncerOptions {
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
  readonly tuning: Pick<Tuning, 'attentionDelayMs' | 'notifyForMs'>;
  readonly log: BatchLog;
  /** Left by the run before this one. */
  readonly carry: AnnounceCarry | null;
}

/** Tells whom the request names: of the end, and of each time that the batch needs a person. */
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

  private tell(wanted: NotificationEvent, event: BatchEvent): Promise<void> {
    const { request, tuning, log } = this.options;
    return tellReceivers(wanted, event, {
      notify: request.notify,
      identity: this.identity,
      notifyForMs: tuning.notifyForMs,
      record: (action, detail) => log.record(action, {}, detail),
    });
  }
}
