import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { WatchEvent } from '../../service/watch-batch';
import type { ApiApp, ApiContext } from '../api-app';
import { ApiError, createNotFound } from '../api-error';
import { BATCH_PARAMS, TENANT_QUERY, toBatchKey } from '../batch-key';
import { toBatchEnd, toGap } from '../views/batch-view';

/** Media type of the stream (WHATWG HTML, server-sent events). */
export const EVENTS_TYPE = 'text/event-stream';

/** Longest silence: proxies cut what is silent for longer, often after a minute. */
const SILENCE_MAX_MS = 15_000;

/** Longest stream: then the client comes back, and is asked again who it is. */
const STREAM_MAX_MS = 5 * 60_000;

/** Pause after which a client comes back, ms. */
const RETRY_MS = 1_000;

const HEADERS = z.object({
  'last-event-id': z
    .string()
    .max(200)
    .optional()
    .describe('The `id` that was seen last; it is not sent again.'),
});

/** Adds the stream of a batch's events. */
export function addEventsRoute(
  app: ApiApp,
  { service }: ApiContext,
  { streamsMax }: { readonly streamsMax: number },
): void {
  const open = new Set<AbortController>();
  app.addHook('preClose', (done) => {
    open.forEach((stream) => stream.abort());
    done();
  });
  app.route({
    method: 'GET',
    url: '/v1/batches/:batchId/events',
    // A stream that nobody reads would look at the batch for nothing.
    exposeHeadRoute: false,
    config: { access: 'viewer' },
    schema: {
      operationId: 'followBatch',
      summary: 'Follow a batch',
      description:
        'Server-sent events: `progress` (a BatchProgress) whenever something has changed, ' +
        '`waiting` (a Gap) while nobody answers, and at the end `finished` (a BatchEnd) or ' +
        '`failed` (a Gap). Each is the whole state, so a client that was away misses nothing by ' +
        'the latest one. A stream lasts at most five minutes; with `Last-Event-ID` the next one ' +
        'goes on, and after the last event it is answered 204, which ends an EventSource.',
      tags: ['batches'],
      params: BATCH_PARAMS,
      querystring: TENANT_QUERY,
      headers: HEADERS,
      response: {
        200: z.string().describe('The events.'),
        204: z.null().describe('Nothing will follow what was seen last.'),
      },
    },
    handler: async (request, reply) => {
      const key = toBatchKey(request);
      if (open.size >= streamsMax) {
        throw new ApiError('too-many-streams', 'Poll the batch instead, or try again in a while.');
      }
      const stream = openStream(reply, open);
      const events = service.watch(key, { signal: stream.signal })[Symbol.asyncIterator]();
      const first = await events.next();
      if (first.done === true) return reply.status(204).send(null);
      const { value } = first;
      if (value.kind === 'failed' && value.failure.code === 'not-found') throw createNotFound(key);
      const lastId = request.headers['last-event-id'];
      if (isLast(value) && toEvent(value).id === lastId) return reply.status(204).send(null);
      return sendEvents(reply, Readable.from(write({ first: value, events, lastId })));
    },
  });
}

/** Ends with its answer, with the server, and when its time is up. */
function openStream(reply: FastifyReply, open: Set<AbortController>): AbortController {
  const stream = new AbortController();
  open.add(stream);
  const timer = setTimeout(() => stream.abort(), STREAM_MAX_MS);
  reply.raw.once('close', () => stream.abort());
  stream.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    open.delete(stream);
  });
  return stream;
}

function sendEvents(reply: FastifyReply, events: Readable): FastifyReply {
  return (
    reply
      .type(EVENTS_TYPE)
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      // Kept afterwards, it would keep a server that stops from closing.
      .header('connection', 'close')
      .send(events)
  );
}

interface Written {
  readonly first: WatchEvent;
  readonly events: AsyncIterator<WatchEvent>;
  readonly lastId: string | undefined;
}

/** The events whose content is new, and a comment when there was none for long. */
async function* write({ first, events, lastId }: Written): AsyncGenerator<string> {
  let seenId = lastId;
  let spokeAtMs = performance.now();
  yield `retry: ${RETRY_MS}\n\n`;
  for (let value: WatchEvent | undefined = first; value !== undefined;) {
    const { id, text } = toEvent(value);
    const isNew = id !== seenId;
    if (isNew || performance.now() - spokeAtMs > SILENCE_MAX_MS) {
      yield isNew ? text : ': nothing new\n\n';
      spokeAtMs = performance.now();
    }
    seenId = id;
    const next: IteratorResult<WatchEvent> = await events.next();
    value = next.done === true ? undefined : next.value;
  }
}

function isLast({ kind }: WatchEvent): boolean {
  return kind === 'finished' || kind === 'failed';
}

/** An event names its content, so that any server can tell what a client has seen. */
function toEvent(event: WatchEvent): { readonly id: string; readonly text: string } {
  const data = JSON.stringify(toData(event));
  const digest = createHash('sha256').update(`${event.kind} ${data}`).digest('base64url');
  const id = digest.slice(0, 22);
  return { id, text: `id: ${id}\nevent: ${event.kind}\ndata: ${data}\n\n` };
}

function toData(event: WatchEvent): unknown {
  switch (event.kind) {
    case 'progress':
      return event.progress;
    case 'finished':
      return toBatchEnd(event.finished.document);
    case 'waiting':
    case 'failed':
      return toGap(event.failure);
  }
}
