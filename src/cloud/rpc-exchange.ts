import type { Clock } from './clock';
import type { ClockSkew } from './clock-skew';
import { toBadAnswer, toCallTrouble } from './error-mapping';
import type { CallTrouble } from './error-mapping';
import { isPlainObject, toPlainJson } from './plain-json';
import { sendRpc } from './rpc-send';
import type { RpcEntry, RpcSend } from './rpc-send';

/** What one request brought back. */
export type Exchange<T> =
  | {
      readonly kind: 'ok';
      readonly value: T;
      readonly requestId: string;
      readonly httpStatus: number;
    }
  | { readonly kind: 'trouble'; readonly trouble: CallTrouble };

/** What an exchange needs besides the request. */
export interface ExchangeTools<T> {
  readonly clock: Clock;
  readonly skew: ClockSkew;
  /** Reads a plain body; null when it is not one of the service. */
  readonly read: (body: unknown) => T | null;
}

/**
 * Sends one request and judges the answer. The client library ignores the HTTP status and takes every
 * body without a `Code` for a success, so status, `RequestId` and shape are checked here.
 *
 * Never throws, and lets nothing of the library's errors out.
 */
export async function exchangeRpc<T>(
  send: Omit<RpcSend, 'nowMs'>,
  { clock, skew, read }: ExchangeTools<T>,
): Promise<Exchange<T>> {
  const sentAtMs = clock.wallMs();
  const observe = (entry: RpcEntry): void => {
    const dateMs = Date.parse(String(entry.response.headers['date']));
    if (Number.isNaN(dateMs)) return;
    skew.observe({ sentAtMs, receivedAtMs: clock.wallMs(), dateMs });
  };
  try {
    const [raw, entry] = await sendRpc({ ...send, nowMs: sentAtMs });
    observe(entry);
    return toExchange(toPlainJson(raw), entry, read);
  } catch (error) {
    const trouble = toCallTrouble(error);
    if (isPlainObject(error) && trouble.httpStatus !== null) observe(error['entry'] as RpcEntry);
    return { kind: 'trouble', trouble };
  }
}

function toExchange<T>(
  body: unknown,
  entry: RpcEntry,
  read: (body: unknown) => T | null,
): Exchange<T> {
  const trouble = toBadAnswer(body, entry);
  const { httpStatus, requestId } = trouble;
  const isSuccess = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
  const value = isSuccess ? read(body) : null;
  if (value === null || requestId === null || httpStatus === null) {
    return { kind: 'trouble', trouble };
  }
  return { kind: 'ok', value, requestId, httpStatus };
}
