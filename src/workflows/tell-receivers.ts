import {
  getExternalWorkflowHandle,
  ParentClosePolicy,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  NOTIFY_RECEIVER,
  type NotifyReceiverInput,
  toNotifyWorkflowId,
} from '../contract/notify-types';
import type { BatchEvent } from '../domain/batch-event';
import {
  toNotificationEvents,
  type Notification,
  type NotificationEvent,
  type SignalNotification,
  type WebhookNotification,
} from '../domain/batch-request';
import type { Identity } from '../domain/identity';

/** Whom to tell, of whose event. */
export interface Telling {
  readonly notify: readonly Notification[];
  readonly identity: Identity;
  /** How long to go on trying, ms. */
  readonly notifyForMs: number;
  /** Takes down what became of it: `notifying`, `notified` or `notNotified`, and of what. */
  readonly record: (action: string, detail: string) => void;
}

/**
 * Tells all receivers that want to know. One that is gone is recorded, and fails nothing: signals are
 * sent once, webhooks are left to a workflow of their own that outlives this one.
 *
 * @param wanted - what a receiver must want to know in order to be told
 * @param event - what has happened
 * @param telling - whom to tell
 */
export async function tellReceivers(
  wanted: NotificationEvent,
  event: BatchEvent,
  telling: Telling,
): Promise<void> {
  await Promise.all(
    telling.notify.map(async (entry, receiver) => {
      if (!toNotificationEvents(entry).includes(wanted)) return;
      if ('signal' in entry) await signal(entry.signal, event.data, telling);
      else await deliver({ webhook: entry.webhook, event, receiver }, telling);
    }),
  );
}

async function signal(
  { workflowId, name }: SignalNotification['signal'],
  data: BatchEvent['data'],
  { record }: Telling,
): Promise<void> {
  const what = `signal ${name} to ${workflowId}`;
  try {
    await getExternalWorkflowHandle(workflowId).signal(name, data);
    record('notified', what);
  } catch {
    record('notNotified', `${what}: no such running workflow`);
  }
}

interface Delivery {
  readonly webhook: WebhookNotification['webhook'];
  readonly event: BatchEvent;
  /** Index in `notify`. */
  readonly receiver: number;
}

/** Waits for the start only: a dead receiver must not hold up the end of the batch. */
async function deliver(
  { webhook, event, receiver }: Delivery,
  { identity, notifyForMs, record }: Telling,
): Promise<void> {
  const { tenant, batchId } = identity;
  const what = `${event.type} to the webhook notify[${receiver}]`;
  const input: NotifyReceiverInput = { webhook, event, tenant, notifyForMs };
  try {
    const delivery = await startChild(NOTIFY_RECEIVER, {
      workflowId: toNotifyWorkflowId({ tenant, batchId, eventId: event.id, receiver }),
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      // After a reset the same event is not told again, unless nobody has taken it yet.
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
      staticSummary: what,
    });
    record('notifying', what);
    void delivery.result().then(
      () => record('notified', what),
      () => record('notNotified', `${what}: see the workflow ${delivery.workflowId}`),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    record('notified', `${what}: told before`);
  }
}
