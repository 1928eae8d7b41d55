import type { BatchEvent } from '../domain/batch-event';
import type { WebhookNotification } from '../domain/batch-request';

/** How one receiver is told of one event: a workflow of its own, so that no batch waits for it. */

/** Workflow type that delivers one event to one receiver. */
export const NOTIFY_RECEIVER = 'notifyReceiver';

/** Input of the activity `notify`. */
export interface NotifyInput {
  readonly webhook: WebhookNotification['webhook'];
  readonly event: BatchEvent;
}

/** The receiver has taken the event, with this HTTP status. */
export interface NotifyAnswer {
  readonly status: number;
}

/** The activity of the main queue that delivers. */
export interface NotifyActivities {
  notify(input: NotifyInput): Promise<NotifyAnswer>;
}

/** The one argument of `notifyReceiver`. */
export interface NotifyReceiverInput extends NotifyInput {
  /** Whose share of the workers the delivery takes. */
  readonly tenant: string;
  /** How long to go on trying, ms. */
  readonly notifyForMs: number;
}

/** Which delivery. */
export interface NotifyKey {
  readonly tenant: string;
  readonly batchId: string;
  readonly eventId: string;
  /** Index of the receiver in the request's `notify`. */
  readonly receiver: number;
}

/** The workflow id of a delivery: one event goes to one receiver once, whoever starts it. */
export function toNotifyWorkflowId({ tenant, batchId, eventId, receiver }: NotifyKey): string {
  return `notify/${tenant}/${batchId}/${eventId}/${receiver}`;
}

/** What an announcer hands to the next run of its batch. */
export interface AnnounceCarry {
  /** Number of the last episode that was told. */
  readonly episode: number;
  /** Since when the batch needs a person, ms since the epoch; null when it does not. */
  readonly sinceMs: number | null;
  readonly isTold: boolean;
}
