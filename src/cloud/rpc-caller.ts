import type { Agent } from 'node:http';
import type { CloudAction } from '../domain/cloud-actions';
import { classify } from '../domain/classify';
import type { ErrorClass } from '../domain/refusal';
import type { AccountKeys } from './account-keys';
import type { Clock } from './clock';
import type { ClockSkew } from './clock-skew';
import type { CallLane, Turn } from './call-lane';
import type { Credentials } from './credentials';
import { toCallFailure, toLocalTrouble } from './error-mapping';
import type { Answer, CallTarget, TurnWait } from './port';
import type { RateLimiter } from './rate-limiter';
import type { RpcParameters } from './request-mapping';
import { exchangeRpc } from './rpc-exchange';
import type { Exchange } from './rpc-exchange';

/** One call, before it has a turn, keys and a signature. */
export interface RpcCall<T> {
  readonly action: CloudAction;
  /** Version of the product's API; that of r-kvstore when left out. */
  readonly apiVersion?: string | undefined;
  readonly target: CallTarget;
  readonly endpoint: string;
  readonly parameters: RpcParameters;
  readonly timeoutMs: number;
  readonly agent: Agent;
  /** Whether nobody needs the answer once the signal is aborted. */
  readonly isReadOnly: boolean;
  /** Asked in the tick of the send. */
  readonly isSendAllowed?: (() => boolean) | undefined;
  readonly read: (body: unknown) => T | null;
}

/** What is told about every request that was sent. */
export interface CallReport {
  readonly action: string;
  readonly account: string;
  readonly region: string;
  readonly durationMs: number;
  /** Null for a success. */
  readonly code: string | null;
  /** The service's; null for a success, and for what was not answered. */
  readonly requestId: string | null;
  readonly class: ErrorClass | null;
  /** Whether the error table knows the code; true for a success. */
  readonly isListed: boolean;
}

/** What every call of a process shares. */
export interface RpcCallerTools {
  readonly keys: ReadonlyMap<string, AccountKeys>;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly skew: ClockSkew;
  readonly onCall?: ((report: CallReport) => void) | undefined;
}

/** A value with the id of the request that brought it. */
export interface Received<T> {
  readonly value: T;
  readonly requestId: string;
}

/** Makes calls: turn, keys, last check, one request, and the account of it. */
export interface RpcCaller {
  call<T>(call: RpcCall<T>): Promise<Answer<Received<T>> & TurnWait>;
}

/** A caller. Its answers are values: it throws for nothing that network or service do. */
export function createRpcCaller(tools: RpcCallerTools): RpcCaller {
  return {
    async call(call) {
      const keys = tools.keys.get(call.target.account);
      if (keys === undefined) return toUnsent(call, 'unknown-account');
      const lane = tools.limiter.lane(call.target, call.action);
      const askedAtMs = tools.clock.monotonicMs();
      const turn = await lane.take(call.target.signal);
      if (turn === null) return toUnsent(call, 'not-sent');
      const answer = await useTurn(tools, call, { keys, lane, turn });
      return turn.wasQueued ? { ...answer, waitedMs: Math.round(turn.atMs - askedAtMs) } : answer;
    },
  };
}

async function useTurn<T>(
  tools: RpcCallerTools,
  call: RpcCall<T>,
  { keys, lane, turn }: { keys: AccountKeys; lane: CallLane; turn: Turn },
): Promise<Answer<Received<T>>> {
  const resolved = await keys.resolve();
  if (resolved.kind === 'none') return toUnsent(call, resolved.code);
  // From here to the send there is no wait any more: what was allowed is still allowed.
  if (isCalledOff(call)) return toUnsent(call, 'not-sent');
  return toAnswer(call, await send(tools, call, resolved.credentials), { lane, turn });
}

function isCalledOff<T>({ target, isSendAllowed }: RpcCall<T>): boolean {
  return target.signal?.aborted === true || isSendAllowed?.() === false;
}

async function send<T>(
  tools: RpcCallerTools,
  call: RpcCall<T>,
  credentials: Credentials,
): Promise<Exchange<T>> {
  const { clock, skew } = tools;
  const sentAtMs = clock.monotonicMs();
  const open = exchangeRpc({ ...call, credentials }, { clock, skew, read: call.read });
  const exchange = await (call.isReadOnly ? orAborted(open, call.target.signal) : open);
  report(tools, call, { exchange, durationMs: clock.monotonicMs() - sentAtMs });
  return exchange;
}

/** The answer of a call that was sent, after the lane has learned from it. */
function toAnswer<T>(
  { action, target }: RpcCall<T>,
  exchange: Exchange<T>,
  { lane, turn }: { lane: CallLane; turn: Turn },
): Answer<Received<T>> {
  if (exchange.kind === 'ok') {
    lane.accepted(turn);
    const { value, requestId } = exchange;
    return { kind: 'ok', value: { value, requestId }, calls: 1 };
  }
  const failure = toCallFailure(exchange.trouble, action, target);
  const { httpStatus, retryAfterMs } = failure;
  if (failure.class === 'throttled') lane.throttled(turn, retryAfterMs);
  else if (httpStatus !== null && httpStatus < 500) lane.accepted(turn);
  return { ...failure, calls: 1 };
}

function toUnsent<T>({ action, target }: RpcCall<T>, code: string): Answer<never> {
  return { ...toCallFailure(toLocalTrouble(code), action, target), calls: 0 };
}

/** The exchange, or at once `aborted` when the signal comes first. */
function orAborted<T>(open: Promise<Exchange<T>>, signal?: AbortSignal): Promise<Exchange<T>> {
  if (signal === undefined) return open;
  return new Promise((resolve, reject) => {
    const leave = (): void => resolve({ kind: 'trouble', trouble: toLocalTrouble('aborted') });
    signal.addEventListener('abort', leave, { once: true });
    open.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

function report<T>(
  { onCall }: RpcCallerTools,
  { action, target: { account, region } }: RpcCall<T>,
  { exchange, durationMs }: { exchange: Exchange<T>; durationMs: number },
): void {
  if (onCall === undefined) return;
  const trouble = exchange.kind === 'ok' ? null : exchange.trouble;
  const verdict = trouble === null ? null : classify(trouble);
  try {
    onCall({
      action,
      account,
      region,
      durationMs,
      code: trouble?.code ?? null,
      requestId: trouble?.requestId ?? null,
      class: verdict?.class ?? null,
      isListed: verdict?.isListed ?? true,
    });
  } catch {
    // A listener's bug must not lose ids that are paid for.
  }
}
