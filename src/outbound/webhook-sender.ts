import { request, Agent, type Dispatcher } from 'undici';
import type { BatchEvent } from '../domain/batch-event';
import { createGuardedLookup, isAddressAllowed, type AddressRules } from './webhook-address';
import { toAnswerOutcome, toErrorOutcome, type WebhookOutcome } from './webhook-outcome';
import { signEvent } from './webhook-signature';
import type { SecretValue } from './secret-value';

/** One event on its way to one receiver. */
export interface WebhookDelivery {
  readonly url: string;
  readonly event: BatchEvent;
  /** Signing keys in the form of Standard Webhooks; several, while a key is changed. */
  readonly secret: SecretValue;
}

/** Delivers events by HTTP. One call is one try; whoever calls tries again. */
export interface WebhookSender {
  /** Never throws: what went wrong is an outcome. */
  send(delivery: WebhookDelivery, signal: AbortSignal): Promise<WebhookOutcome>;
  close(): Promise<void>;
}

/** How a sender behaves. */
export interface WebhookSettings extends AddressRules {
  /** Longest time for the whole of a try, ms: name, connection, answer. */
  readonly timeoutMs: number;
}

/** What is read of an answer, so that its connection can be used again; nothing of it is kept. */
const ANSWER_BYTES_MAX = 16 * 1024;

/**
 * Creates a sender. It follows no redirect, trusts only valid certificates, and connects to public
 * addresses only: a request could otherwise make a worker knock on doors that only it can reach.
 *
 * @param settings - timeout, and the networks that are open beside the public one
 * @param nowMs - wall clock, for the signature's time
 */
export function createWebhookSender(
  settings: WebhookSettings,
  nowMs: () => number = Date.now,
): WebhookSender {
  const agent = new Agent({
    // In the connection's own look-up: a name that is looked up twice may have two answers.
    connect: {
      lookup: createGuardedLookup(settings),
      rejectUnauthorized: true,
      timeout: settings.timeoutMs,
    },
  });
  return {
    send: (delivery, signal) => send(delivery, { agent, settings, signal, nowMs: nowMs() }),
    close: () => agent.close(),
  };
}

interface SendContext {
  readonly agent: Agent;
  readonly settings: WebhookSettings;
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

async function send(
  { url, event, secret }: WebhookDelivery,
  { agent, settings, signal, nowMs }: SendContext,
): Promise<WebhookOutcome> {
  const { host, hostname } = new URL(url);
  // A literal address is never looked up.
  if (!isAddressAllowed(hostname, settings)) return toErrorOutcome(host, 'address-not-allowed');
  const body = JSON.stringify(event);
  const signed = signEvent({ id: event.id, body, nowMs, secret });
  if (signed.kind === 'failed') return toErrorOutcome(host, signed.code);
  const timeout = AbortSignal.timeout(settings.timeoutMs);
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.any([signal, timeout]),
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8', ...signed.headers },
      body,
    });
    await discard(answer);
    return toAnswerOutcome(host, answer, nowMs);
  } catch (error) {
    return toErrorOutcome(host, timeout.aborted ? 'timeout' : error);
  }
}

/** The status has said it all: what happens to the rest of the answer changes nothing. */
async function discard({ body }: Dispatcher.ResponseData): Promise<void> {
  await body.dump({ limit: ANSWER_BYTES_MAX }).catch(() => {});
}
