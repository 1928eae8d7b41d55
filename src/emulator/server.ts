import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { runApiCall } from './api-call';
import type { ApiOutcome } from './api-call';
import { CONTROL_PREFIX, runControl } from './control/control';
import type { ControlHost } from './control/control';
import { isForm, parseParameters } from './protocol/parameters';
import { createErrorAnswer } from './protocol/wire-answer';
import type { WireAnswer } from './protocol/wire-answer';
import { createRefusal } from './refusal';
import type { Refusal } from './refusal';
import { readBody } from './request-body';
import { sleep } from './sleep';

/** Clients of the official SDK put everything into the URL; 300 instances must fit. */
const HEADER_BYTES_MAX = 1024 * 1024;

/** Longer than any client's own limit: the emulator must not be the one that hangs up first. */
const KEEP_ALIVE_MS = 120_000;

/** Creates the HTTP server of one emulator; it does not listen yet. */
export function createEmulatorServer(host: ControlHost): Server {
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES_MAX, keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 },
    (request, response) => {
      handle(request, response, host).catch(() => response.destroy());
    },
  );
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  host: ControlHost,
): Promise<void> {
  const [path = '/', query = ''] = splitUrl(request.url ?? '/');
  const body = await readBody(request);
  if (path.startsWith(CONTROL_PREFIX)) {
    await runControl({ request, response, path, query, body: body ?? '' }, host);
    return;
  }
  const hostId = request.headers.host ?? '';
  const method = request.method ?? 'GET';
  const refusal = checkTransport(method, path, body);
  if (refusal !== undefined) {
    const requestId = randomUUID().toUpperCase();
    response.setHeader('x-acs-request-id', requestId);
    await write(response, createErrorAnswer(requestId, hostId, refusal));
    return;
  }
  const form = isForm(request.headers['content-type']) ? (body ?? '') : '';
  const parameters = parseParameters(query, form);
  const startedAtMs = performance.now();
  const { state } = host;
  const outcome = await runApiCall({ method, hostId, parameters }, state);
  response.setHeader('x-acs-request-id', outcome.requestId);
  await perform(outcome, response, () => {
    outcome.entry.durationMs = Math.round((performance.now() - startedAtMs) * 10) / 10;
    state.calls.countAnswered(outcome.entry, outcome.isThrottled);
  });
}

function checkTransport(
  method: string,
  path: string,
  body: string | undefined,
): Refusal | undefined {
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
  return body === undefined
    ? createRefusal(413, 'RequestEntityTooLarge', 'The request body is too large.')
    : undefined;
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

/**
 * Does on the socket what the effect says.
 *
 * @param complete - called before the first byte leaves, so that a client that has its answer
 *   finds it in the log and in the counts
 */
async function perform(
  { effect, entry }: ApiOutcome,
  response: ServerResponse,
  complete: () => void,
): Promise<void> {
  if (effect.kind === 'hang') await waitForGivingUp(response, effect.afterMs);
  const isAnswer = effect.kind === 'answer' || effect.kind === 'truncate';
  entry.status = isAnswer ? effect.answer.status : 0;
  complete();
  if (effect.kind === 'answer') await write(response, effect.answer);
  else if (effect.kind === 'truncate') await writeHalf(response, effect.answer);
  else response.destroy();
}

function write(response: ServerResponse, answer: WireAnswer): Promise<void> {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-type': answer.contentType,
    'content-length': body.length,
  });
  return untilOver(response, () => response.end(body));
}

/** Announces the whole body and cuts the connection in its middle. */
function writeHalf(response: ServerResponse, answer: WireAnswer): Promise<void> {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-type': answer.contentType,
    'content-length': body.length,
  });
  return untilOver(response, () =>
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy()),
  );
}

/** A client that has gone away ends the wait as well: there is nobody to answer. */
function untilOver(response: ServerResponse, start: () => void): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.once('finish', resolve);
    start();
  });
}

async function waitForGivingUp(
  response: ServerResponse,
  afterMs: number | undefined,
): Promise<void> {
  const gone = untilOver(response, () => undefined);
  await (afterMs === undefined ? gone : Promise.race([gone, sleep(afterMs)]));
}
