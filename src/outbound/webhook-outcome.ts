import type { Dispatcher } from 'undici';
import { ADDRESS_NOT_ALLOWED } from './webhook-address';

/** Why an event was not delivered; stable. */
export type WebhookFailureCode =
  /** The receiver answered with a status other than 2xx. */
  | 'status'
  /** It answered with a redirect, which is never followed. */
  | 'redirected'
  | 'timeout'
  /** No connection, or one that broke. */
  | 'unreachable'
  | 'unknown-host'
  /** The certificate is not trusted. */
  | 'tls'
  /** The host lies in a network that the configuration does not open. */
  | 'address-not-allowed'
  /** The signing key has not the form of Standard Webhooks. */
  | 'bad-secret';

/** How one try ended. Messages name the host only: the rest of a URL may be a secret, too. */
export type WebhookOutcome =
  | { readonly kind: 'delivered'; readonly status: number }
  /** 410: the receiver is gone for good and wants no more. */
  | { readonly kind: 'gone'; readonly status: number; readonly message: string }
  | {
      readonly kind: 'failed';
      readonly code: WebhookFailureCode;
      readonly message: string;
      /** How long the receiver asks to wait, ms. */
      readonly retryAfterMs: number | null;
    };

const GONE = 410;

/** What the answer of a receiver means. */
export function toAnswerOutcome(
  host: string,
  { statusCode: status, headers }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>,
  nowMs: number,
): WebhookOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === GONE) {
    return { kind: 'gone', status, message: `${host} answered ${status}: it takes no more events` };
  }
  const retryAfterMs = toRetryAfterMs(headers['retry-after'], nowMs);
  const isRedirect = status >= 300 && status < 400;
  return {
    kind: 'failed',
    code: isRedirect ? 'redirected' : 'status',
    message: isRedirect
      ? `${host} answered ${status}, a redirect, which is never followed; the receiver must take events where the request says`
      : `${host} answered ${status}`,
    retryAfterMs,
  };
}

/** What a try without an answer means: a failure code, or an error of the network. */
export function toErrorOutcome(host: string, error: unknown): WebhookOutcome {
  const code = typeof error === 'string' ? (error as WebhookFailureCode) : toFailureCode(error);
  return { kind: 'failed', code, message: `${host} ${WHY[code]}`, retryAfterMs: null };
}

const WHY: Readonly<Record<WebhookFailureCode, string>> = {
  status: 'answered with an error',
  redirected: 'answered with a redirect',
  timeout: 'did not answer in time',
  unreachable: 'could not be reached, or broke the connection',
  'unknown-host': 'is no known name',
  tls: 'has a certificate that is not trusted; for a private authority set NODE_EXTRA_CA_CERTS',
  'address-not-allowed':
    'is not in the public network; to allow it, list its network in webhooks.privateNetworks',
  'bad-secret':
    'got nothing, since the signing key is none: it must be whsec_ and 24 to 64 bytes in base64, ' +
    'several separated by spaces',
};

/** By code, never by text, which may hold anything. */
function toFailureCode(error: unknown): WebhookFailureCode {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (code === ADDRESS_NOT_ALLOWED) return 'address-not-allowed';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-host';
  if (/TIMEOUT|TIMEDOUT/.test(code)) return 'timeout';
  return /CERT|TLS|SSL|VERIFY/.test(code) ? 'tls' : 'unreachable';
}

/** Seconds or a date, as RFC 9110 has it; null when there is neither. */
function toRetryAfterMs(header: string | string[] | undefined, nowMs: number): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
