import { Webhook } from 'standardwebhooks';
import type { SecretValue } from './secret-value';

/** What is signed, when and with what. */
export interface SignatureInput {
  readonly id: string;
  readonly body: string;
  readonly nowMs: number;
  readonly secret: SecretValue;
}

/** Headers of the request, or why it cannot be signed. */
export type SignedEvent =
  | { readonly kind: 'signed'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly code: 'bad-secret' };

const PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Sizes of a key by the Standard Webhooks specification, 2026. */
const KEY_BYTES_MIN = 24;
const KEY_BYTES_MAX = 64;

/**
 * Signs an event by the scheme of Standard Webhooks. With several keys there are several signatures,
 * so that a key can be changed while receivers still know the old one.
 */
export function signEvent({ id, body, nowMs, secret }: SignatureInput): SignedEvent {
  const keys = secret.reveal().split(/\s+/).filter(Boolean);
  if (keys.length === 0 || !keys.every(isKey)) return { kind: 'failed', code: 'bad-secret' };
  const sentAt = new Date(nowMs);
  return {
    kind: 'signed',
    headers: {
      'webhook-id': id,
      'webhook-timestamp': `${Math.floor(nowMs / 1_000)}`,
      'webhook-signature': keys.map((key) => new Webhook(key).sign(id, sentAt, body)).join(' '),
    },
  };
}

/** Strict, since a key that both sides read differently fails only at the receiver. */
function isKey(text: string): boolean {
  if (!text.startsWith(PREFIX)) return false;
  const encoded = text.slice(PREFIX.length);
  if (!BASE64.test(encoded) || encoded.length % 4 !== 0) return false;
  const { length } = Buffer.from(encoded, 'base64');
  return length >= KEY_BYTES_MIN && length <= KEY_BYTES_MAX;
}
