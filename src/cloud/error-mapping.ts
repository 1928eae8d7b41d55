import { classify, isOurCode } from '../domain/classify';
import { toRequestId } from './answer-mapping';
import { isPlainObject } from './plain-json';
import type { CallFailure, CallTarget } from './port';
import type { RpcEntry } from './rpc-send';

/** What is kept of a failed call: codes and numbers, and no text of the service or the library. */
export interface CallTrouble {
  /** The service's code, or one of ours. */
  readonly code: string;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
}

/** Codes of the resolver: the name was never turned into an address. */
const UNKNOWN_HOST_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);

/** Codes that can come later too; while connecting, nothing has been sent yet. */
const UNREACHABLE_CODES = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL']);

/** Verification of the certificate, which ends before the first byte of a request. */
const CERTIFICATE_CODE =
  /^(CERT_|UNABLE_TO_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$)/;

/** Codes as the service writes them. Anything else is no code, and may hold what nobody should see. */
const SERVICE_CODE = /^[A-Za-z][\w.-]{0,99}$/;

/** A failure that the service did not answer. */
export function toLocalTrouble(code: string): CallTrouble {
  return { code, httpStatus: null, requestId: null, retryAfterMs: null };
}

/**
 * Reads what the client library threw: errors with the request's URL, headers and text in them, and for
 * a body that is no JSON a plain object that is not even an Error.
 */
export function toCallTrouble(thrown: unknown): CallTrouble {
  const error = isPlainObject(thrown) ? thrown : {};
  const entry = error['entry'];
  // Only an answered call has both; a `code` alone can be the socket's or the service's.
  if (isRpcEntry(entry) && isPlainObject(error['data'])) {
    return toAnsweredTrouble(error['data'], entry);
  }
  return toLocalTrouble(toSocketCode(error));
}

/** What an answer with a wrong shape is kept as. */
export function toBadAnswer(body: unknown, entry: RpcEntry): CallTrouble {
  return {
    code: 'bad-answer',
    httpStatus: entry.response.statusCode,
    requestId: toRequestId(body),
    retryAfterMs: toRetryAfterMs(entry),
  };
}

/** The failure as the port gives it out, with a sentence of ours. */
export function toCallFailure(
  trouble: CallTrouble,
  action: string,
  { account, region }: CallTarget,
): CallFailure {
  const { class: errorClass, isUnexecuted, why } = classify(trouble);
  const status = trouble.httpStatus === null ? '' : ` (HTTP ${trouble.httpStatus})`;
  return {
    kind: 'failed',
    class: errorClass,
    isUnexecuted,
    ...trouble,
    message: `${action} in ${region} with account ${account}: ${trouble.code}${status}. ${why}`,
  };
}

/** A refusal that names instances is none: they may be paid for. */
function toAnsweredTrouble(data: Record<string, unknown>, entry: RpcEntry): CallTrouble {
  const code = data['Code'];
  const answered = toBadAnswer(data, entry);
  return isServiceCode(code) && data['InstanceIds'] === undefined
    ? { ...answered, code }
    : answered;
}

function isServiceCode(code: unknown): code is string {
  return typeof code === 'string' && SERVICE_CODE.test(code) && !isOurCode(code);
}

/** What the socket or the parser says; in doubt a code that is ambiguous. */
function toSocketCode(error: Record<string, unknown>): string {
  if (error['name'] === 'RequestTimeoutError') return 'timeout';
  if (error['name'] === 'URIError') return 'unsendable';
  const code = typeof error['code'] === 'string' ? error['code'] : '';
  if (code === 'ECONNREFUSED') return 'connection-refused';
  if (UNKNOWN_HOST_CODES.has(code)) return 'unknown-host';
  if (UNREACHABLE_CODES.has(code) && isWhileConnecting(error)) return 'unreachable';
  if (CERTIFICATE_CODE.test(code)) return 'tls';
  const isParserCode = code === '' || code.startsWith('HPE_') || code.startsWith('Z_');
  return isParserCode ? 'bad-answer' : 'connection-reset';
}

/** Several addresses of one host make an error with one error for each. */
function isWhileConnecting(error: Record<string, unknown>): boolean {
  const parts: unknown = error['errors'];
  const all = Array.isArray(parts) && parts.length > 0 ? parts : [error];
  return all.every((part) => isPlainObject(part) && part['syscall'] === 'connect');
}

function toRetryAfterMs(entry: RpcEntry): number | null {
  const value = entry.response.headers['x-acs-retry-after'];
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function isRpcEntry(value: unknown): value is RpcEntry {
  return (
    isPlainObject(value) &&
    isPlainObject(value['response']) &&
    typeof value['response']['statusCode'] === 'number' &&
    isPlainObject(value['response']['headers'])
  );
}
