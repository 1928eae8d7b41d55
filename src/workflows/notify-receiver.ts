import { proxyActivities } from '@temporalio/workflow';
import type { NotifyActivities, NotifyAnswer, NotifyReceiverInput } from '../contract/notify-types';
import { checkNotification } from '../domain/check-notify';
import type { Problem } from '../domain/problem';
import { toFairness } from './activity-options';
import { toInvalidDelivery } from './failures';

/** Longest single try; the sender gives up much earlier by itself. */
const TRY_MS = 2 * 60_000;
/** Silence after which the worker counts as lost. */
const HEARTBEAT_MS = 15_000;

/**
 * Delivers one event to one receiver, for as long as its input says: at once, then after pauses that
 * double from a second to an hour. It outlives the batch, which waits for nobody.
 *
 * @returns the status of the answer by which the receiver took the event
 * @throws ApplicationFailure of type InvalidRequest when a receiver is named that no request may name;
 *   ActivityFailure with NotDelivered or ReceiverGone as its cause when nobody took the event
 */
export async function notifyReceiver(input: NotifyReceiverInput): Promise<NotifyAnswer> {
  checkWebhook(input?.webhook);
  const { webhook, event, tenant, notifyForMs } = input;
  if (typeof event?.type !== 'string') throw toInvalidDelivery([NO_EVENT]);
  const { notify } = proxyActivities<NotifyActivities>({
    ...toFairness(tenant),
    summary: event.type,
    startToCloseTimeout: TRY_MS,
    scheduleToCloseTimeout: notifyForMs,
    heartbeatTimeout: HEARTBEAT_MS,
    retry: { initialInterval: 1_000, backoffCoefficient: 2, maximumInterval: 3_600_000 },
  });
  return notify({ webhook, event });
}

const NO_EVENT: Problem = {
  path: ['event'],
  code: 'missing',
  message: 'is missing; deliveries are started by their batch.',
};

/** Whoever starts this by hand gets no further than by a request. */
function checkWebhook(webhook: unknown): void {
  const problems: Problem[] = [];
  checkNotification({ webhook }, { path: [], problems });
  if (problems.length > 0) throw toInvalidDelivery(problems);
}
