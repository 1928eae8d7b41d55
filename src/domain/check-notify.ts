import type {
  Notification,
  NotificationEvent,
  SignalNotification,
  WebhookNotification,
} from './batch-request';
import { type CheckPlace, ObjectReader, type ObjectShape } from './check-object';
import { FREE_TEXT_RULE } from './check-texts';
import { LIMITS } from './limits';
import { isLoopbackUrl } from './loopback';
import { checkSecretReference } from './secret-reference';

/** Keys of an entry of `notify`. */
export const ENTRY_SHAPE: ObjectShape = { required: {}, optional: ['signal', 'webhook', 'events'] };

/** Keys of a signal. */
export const SIGNAL_SHAPE: ObjectShape = {
  required: {
    workflowId: 'the id of a workflow in the same namespace.',
    name: 'the name of the signal it handles.',
  },
  optional: [],
};

/** Keys of a webhook. */
export const WEBHOOK_SHAPE: ObjectShape = {
  required: {
    url: 'the https URL that takes the events.',
    secretFrom: 'where the signing key is, such as { env: TAIRFLEET_SECRET_HOOK }.',
  },
  optional: [],
  refused: {
    secret: 'is never part of a request; write secretFrom, which says where the secret is.',
  },
};

/** Events that a receiver can be told. */
export const EVENTS: readonly NotificationEvent[] = ['finished', 'needsAttention'];

/** Scheme, host (bracketed when IPv6), port, then path and query in printable ASCII. */
const URL_PATTERN = /^https?:\/\/(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?(?:[/?][!-~]*)?$/i;
const USER_PATTERN = /^[a-z]+:\/\/[^/?#]*@/i;
const PORT_MAX = 65_535;

/**
 * Checks one entry of `notify`: one receiver, and what it is told.
 *
 * @returns a stand-in when something is wrong
 */
export function checkNotification(value: unknown, place: CheckPlace): Notification {
  const entry = new ObjectReader(value, ENTRY_SHAPE, place);
  if (entry.isObject) checkOneReceiver(entry, place);
  const events = checkEvents(entry);
  return {
    ...(entry.has('webhook') ? checkWebhook(entry) : checkSignal(entry)),
    ...(events === undefined ? {} : { events }),
  };
}

function checkOneReceiver(entry: ObjectReader, place: CheckPlace): void {
  if (entry.has('signal') && entry.has('webhook')) {
    const message = 'cannot go with signal; write two entries, one for each receiver.';
    entry.report('webhook', 'conflict', message);
  }
  if (!entry.has('signal') && !entry.has('webhook')) {
    const example = 'signal: { workflowId: order-77, name: fleetReady }, or a webhook instead.';
    place.problems.push({ path: place.path, code: 'missing', message: `must have ${example}` });
  }
}

function checkSignal(entry: ObjectReader): SignalNotification {
  const signal = new ObjectReader(entry.raw('signal'), SIGNAL_SHAPE, entry.below('signal'));
  return {
    signal: {
      workflowId: signal.text('workflowId', FREE_TEXT_RULE) ?? '',
      name: signal.text('name', FREE_TEXT_RULE) ?? '',
    },
  };
}

function checkWebhook(entry: ObjectReader): WebhookNotification {
  const webhook = new ObjectReader(entry.raw('webhook'), WEBHOOK_SHAPE, entry.below('webhook'));
  const secretFrom = checkSecretReference(webhook.raw('secretFrom'), webhook.below('secretFrom'));
  return { webhook: { url: checkUrl(webhook) ?? '', secretFrom } };
}

/** The URL is never repeated in a problem: some receivers take it for the secret itself. */
function checkUrl(webhook: ObjectReader): string | undefined {
  const value = webhook.raw('url');
  if (typeof value === 'string' && USER_PATTERN.test(value)) {
    const message =
      'must not hold a user name or password; the key of secretFrom signs the events.';
    return webhook.report('url', 'not-allowed', message);
  }
  const url = webhook.text('url', FREE_TEXT_RULE);
  if (url === undefined) return undefined;
  const [match, port] = URL_PATTERN.exec(url) ?? [];
  if (match === undefined || url.includes('#') || Number(port ?? 0) > PORT_MAX) {
    const length = LIMITS.textLengthMax;
    return webhook.report(
      'url',
      'not-allowed',
      `must be an https URL of at most ${length} printable ASCII characters without a fragment.`,
    );
  }
  if (/^https:/i.test(url) || isLoopbackUrl(url)) return url;
  return webhook.report('url', 'not-allowed', 'must be https; plain http may not leave this host.');
}

function checkEvents(entry: ObjectReader): readonly NotificationEvent[] | undefined {
  if (!entry.has('events')) return undefined;
  const events = entry.list('events', { min: 1, max: EVENTS.length });
  const unknown = events.some((event) => !EVENTS.includes(event as NotificationEvent));
  if (unknown) {
    return entry.report('events', 'not-allowed', `must list some of ${EVENTS.join(', ')}.`);
  }
  if (new Set(events).size < events.length) {
    return entry.report('events', 'duplicate', 'names an event twice; remove one.');
  }
  return events as readonly NotificationEvent[];
}
