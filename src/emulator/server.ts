import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { runApiCall } from './api-call';
import { runControl } from './control/control';
import { CONTROL_PREFIX } from './control/route';
import type { ControlHost } from './control/route';
import { decodeCall } from './protocol/decode-call';
import { createErrorAnswer } from './protocol/wire-answer';
import type { WireRequest } from './protocol/wire-request';
import { createRefusal } from './refusal';
import type { Refusal } from './refusal';
import { answerOversized, isOversized } from './oversized-request';
import { readBody } from './request-body';
import { performEffect, writeAnswer, type Wire } from './socket-effect';
import { TcpSockets } from './tcp-sockets';
import type { TlsIdentity } from './tls-identity';

/** Clients of the official SDK put everything into the URL; 300 instances must fit. */
const HEADER_BYTES_MAX = 1024 * 1024;

/** Longer than any client's own limit: the emulator must not be the one that hangs up first. */
const KEEP_ALIVE_MS = 120_000;

const SERVER_OPTIONS = {
  maxHeaderSize: HEADER_BYTES_MAX,
  keepAliveTimeout: KEEP_ALIVE_MS,
  requestTimeout: 0,
};

/**
 * Creates a server of one emulator; it does not listen yet. Several can serve the same one.
 *
 * @param identity - makes it speak HTTPS; without one it speaks HTTP
 */
export function createEmulatorServer(host: ControlHost, identity?: TlsIdentity): Server {
  const listener: RequestListener = (request, response) => {
    const reset = (): void => sockets.reset(response.socket);
    handle(request, { response, reset }, host).catch(() => response.destroy());
  };
  const server =
    identity === undefined
      ? createServer(SERVER_OPTIONS, listener)
      : createTlsServer(
          { ...SERVER_OPTIONS, cert: identity.certificate, key: identity.privateKey },
          listener,
        );
  const sockets = new TcpSockets(server);
  server.on('clientError', refuseUnreadable);
  return server;
}

/** Each piece of a request that is too large is an error of its own; the first has been answered. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (socket.writableEnded) return;
  if (isOversized(error) && socket.writable) answerOversized(socket, HEADER_BYTES_MAX);
  else socket.destroy();
}

async function handle(request: IncomingMessage, wire: Wire, host: ControlHost): Promise<void> {
  const { response } = wire;
  const [path = '/', query = ''] = splitUrl(request.url ?? '/');
  const body = await readBody(request);
  if (path.startsWith(CONTROL_PREFIX)) {
    await runControl({ request, response, path, query, body: body?.toString('utf8') ?? '' }, host);
    return;
  }
  const received = toWireRequest(request, { path, query, body });
  if ('kind' in received) {
    const requestId = randomUUID().toUpperCase();
    response.setHeader('x-acs-request-id', requestId);
    writeAnswer(response, createErrorAnswer(requestId, request.headers.host ?? '', received));
    return;
  }
  const startedAtMs = performance.now();
  const { state } = host;
  const outcome = await runApiCall(decodeCall(received), state);
  response.setHeader('x-acs-request-id', outcome.requestId);
  await performEffect(outcome, wire, () => {
    outcome.entry.durationMs = Math.round((performance.now() - startedAtMs) * 10) / 10;
    state.calls.countAnswered(outcome.entry, outcome.isThrottled);
  });
}

interface ReceivedParts {
  readonly path: string;
  readonly query: string;
  /** undefined: it was too large to be read. */
  readonly body: Buffer | undefined;
}

/** What every RPC gateway checks before it looks for an operation. */
function toWireRequest(
  { method = 'GET', headers, socket }: IncomingMessage,
  { path, query, body }: ReceivedParts,
): WireRequest | Refusal {
  if (path !== '/') {
    return createRefusal(
      404,
      'InvalidApi.NotFound',
      'Specified api is not found, please check your url and method.',
    );
  }
  if (method !== 'GET' && method !== 'POST') {
    return createRefusal(400, 'UnsupportedHTTPMethod', 'This http method is not supported.');
  }
  if (body === undefined) {
    return createRefusal(413, 'RequestEntityTooLarge', 'The request body is too large.');
  }
  return { method, query, headers, body, connection: socket };
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
