import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { logEvent } from '../contract/log-writer';
import type { EventLog } from '../contract/log-writer';
import { API_ERRORS, ApiError } from './api-error';
import { COMMON_HEADERS, PROBLEM_TYPE, toProblemDocument } from './problem-document';

/** What Node's parser gives up with, by its codes (Node 20, `clientError`). */
const KNOWN: Readonly<Record<string, ApiError>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new ApiError(
    'request-timeout',
    'The request has not arrived in time (server.requestTimeoutMs); nothing was done.',
  ),
  HPE_HEADER_OVERFLOW: new ApiError(
    'headers-too-large',
    'The headers of the request are larger than this server takes; nothing was done.',
  ),
};

const UNREADABLE = new ApiError(
  'invalid-request',
  'What was sent is no request of HTTP that this server can read; nothing was done.',
);

/**
 * Answers on a connection what never became a request with a problem document, and ends it.
 *
 * @param log - where it is told
 * @returns the handler of Node's `clientError`
 */
export function createUnreadableAnswer(
  log: EventLog,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return ({ code = '' }, socket) => {
    if (code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const error = KNOWN[code] ?? UNREADABLE;
    const requestId = randomUUID();
    const { status } = API_ERRORS[error.code];
    logEvent(log, 'request-unreadable', { requestId, code: error.code, httpStatus: status });
    socket.end(toText(requestId, error), () => socket.destroy());
  };
}

function toText(requestId: string, error: ApiError): string {
  const { status } = API_ERRORS[error.code];
  const body = JSON.stringify(toProblemDocument(requestId, error));
  const headers = {
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': requestId,
    ...COMMON_HEADERS,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}
