import { log } from '@temporalio/activity';
import { FAILURES } from '../contract/failure-types';
import { logEvent } from '../contract/log-writer';
import type { Metrics } from '../contract/metric-writer';
import type { NotifyActivities } from '../contract/notify-types';
import type { SecretResolver } from '../outbound/secret-resolver';
import type { WebhookOutcome } from '../outbound/webhook-outcome';
import type { WebhookSender } from '../outbound/webhook-sender';
import { toReceiverGone, toRetryable } from './failures';
import { withHeartbeat } from './heartbeat';
import { currentTenant } from './moment';

/** What notifying needs from outside. */
export interface NotifyDependencies {
  readonly secrets: SecretResolver;
  readonly webhooks: WebhookSender;
  readonly metrics: Metrics;
}

/** The longest pause that a receiver can ask for, ms: a slip of its clock must not cost the event. */
const RETRY_AFTER_MAX_MS = 3_600_000;
const RETRY_AFTER_MIN_MS = 1_000;

/**
 * Makes one try to deliver one event; the server makes the next ones. The signing key is fetched in
 * each of them, so that one that was missing or wrong can be mended meanwhile.
 */
export function createNotify({
  secrets,
  webhooks,
  metrics,
}: NotifyDependencies): NotifyActivities['notify'] {
  return ({ webhook: { url, secretFrom }, event }) =>
    withHeartbeat(async ({ signal }) => {
      const resolved = await secrets.resolve(secretFrom, currentTenant());
      if (resolved.kind === 'failed') throw toNotDelivered(event.id, resolved.message);
      const outcome = await webhooks.send({ url, event, secret: resolved.secret }, signal);
      metrics.count('tairfleet_webhook_tries', { outcome: toLabel(outcome) });
      tell({ notification: event.id, receiver: new URL(url).host }, outcome);
      if (outcome.kind === 'delivered') return { status: outcome.status };
      if (outcome.kind === 'gone') {
        throw toReceiverGone(`the event ${event.id} is not delivered: ${outcome.message}`);
      }
      throw toNotDelivered(event.id, outcome.message, outcome.retryAfterMs);
    });
}

function tell(
  told: { readonly notification: string; readonly receiver: string },
  outcome: WebhookOutcome,
): void {
  if (outcome.kind === 'delivered') {
    logEvent(log, 'webhook-delivered', { ...told, httpStatus: outcome.status });
  } else {
    logEvent(log, 'webhook-failed', { ...told, code: toLabel(outcome) });
  }
}

/** How a try ended, in a word. */
function toLabel(outcome: WebhookOutcome): string {
  return outcome.kind === 'failed' ? outcome.code : outcome.kind;
}

function toNotDelivered(eventId: string, why: string, retryAfterMs: number | null = null) {
  const pauseMs =
    retryAfterMs === null
      ? undefined
      : Math.min(Math.max(retryAfterMs, RETRY_AFTER_MIN_MS), RETRY_AFTER_MAX_MS);
  const message = `the event ${eventId} is not delivered yet: ${why}; it is tried again`;
  return toRetryable(FAILURES.notDelivered, message, pauseMs);
}
