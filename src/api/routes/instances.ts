import { Readable } from 'node:stream';
import { z } from 'zod';
import type { ResultInstance } from '../../domain/result';
import { toResultPieces } from '../../output/result-pieces';
import type { BatchKey } from '../../outbound/result-store';
import type { FinishedBatch } from '../../service/read-result';
import type { ApiApp, ApiContext } from '../api-app';
import { ApiError, toApiError } from '../api-error';
import { toValue } from '../audit-log';
import { BATCH_PARAMS, TENANT_QUERY, toBatchKey } from '../batch-key';
import { readCursor, toCursor } from '../cursor';
import { CURSOR, INSTANCE } from '../views/shapes';

const FORMATS = ['json', 'ndjson', 'csv'] as const;
type Format = (typeof FORMATS)[number];

/** Media types of the formats; the first one is what a client gets that takes anything. */
export const INSTANCE_TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
};

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

const QUERY = TENANT_QUERY.extend({
  format: z
    .enum(FORMATS)
    .optional()
    .describe('Instead of the header `Accept`. `ndjson` and `csv` give all instances at once.'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMIT_MAX)
    .optional()
    .describe(`Of a JSON page; ${LIMIT_DEFAULT} when left out.`),
  cursor: CURSOR.optional().describe('The `cursor` of the JSON page before.'),
});

const COUNT = z.int().min(0);

const PAGE = z
  .object({
    instances: z.array(INSTANCE),
    cursor: CURSOR.nullable().describe('Leads to the next page; null on the last one.'),
    generation: COUNT,
    revision: COUNT,
  })
  .meta({ id: 'InstancePage' });

/** Generation and revision of the document, and how many instances are passed over. */
const POSITION = z.tuple([COUNT, COUNT, COUNT]);

/** Adds the list of a batch's instances. */
export function addInstancesRoute(app: ApiApp, { service }: ApiContext): void {
  app.route({
    method: 'GET',
    url: '/v1/batches/:batchId/instances',
    config: { access: 'viewer' },
    schema: {
      operationId: 'listInstances',
      summary: 'List the instances of an ended batch',
      description: 'As JSON in pages, or all of them as NDJSON or CSV.',
      tags: ['batches'],
      params: BATCH_PARAMS,
      querystring: QUERY,
      response: { 200: PAGE.describe('Instances of the latest run that has ended.') },
    },
    handler: async (request, reply) => {
      const key = toBatchKey(request);
      const format = request.query.format ?? chooseFormat(request.headers.accept);
      if (format !== 'json') refusePaging(format, request.query);
      const finished = toValue(await service.result(key), key);
      const opened = await service.instances(finished);
      // The batch is there; what this host lacks is its list.
      if (!opened.ok) throw toApiError({ ...opened, code: 'unexpected' });
      if (format === 'json') {
        return reply.send(await readPage(finished, opened.value, request.query));
      }
      const pieces = toResultPieces(format, finished.document, opened.value);
      reply.type(`${INSTANCE_TYPES[format]}; charset=utf-8`);
      if (format === 'csv') reply.header('content-disposition', toDisposition(key));
      return sendStream(reply, Readable.from(pieces));
    },
  });
}

/** A stream goes past the schema, which is that of a page. */
function sendStream<Reply extends { send(payload: never): Reply }>(
  reply: Reply,
  stream: Readable,
): Reply {
  return reply.send(stream as never);
}

function toDisposition({ batchId }: BatchKey): string {
  return `attachment; filename="${batchId.replaceAll(':', '-')}.csv"`;
}

/** The first media range of the header that we have; weights are not looked at. */
function chooseFormat(accept = '*/*'): Format {
  for (const range of accept.split(',')) {
    const type = range.split(';')[0]!.trim().toLowerCase();
    if (type === '*/*' || type === 'application/*') return 'json';
    if (type === 'text/*') return 'csv';
    const format = FORMATS.find((known) => INSTANCE_TYPES[known] === type);
    if (format !== undefined) return format;
  }
  const known = Object.values(INSTANCE_TYPES).join(', ');
  throw new ApiError('not-acceptable', `The instances can be had as ${known}.`);
}

/** What gives all at once has no pages, and whoever asks for one would get more than they think. */
function refusePaging(format: Format, { limit, cursor }: PageQuery): void {
  if (limit === undefined && cursor === undefined) return;
  const named = limit === undefined ? 'cursor' : 'limit';
  throw new ApiError(
    'invalid-request',
    `There are pages as json only, and ${format} gives all instances at once: leave ${named} out.`,
  );
}

interface PageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

async function readPage(
  { document }: FinishedBatch,
  all: AsyncIterable<ResultInstance>,
  { limit = LIMIT_DEFAULT, cursor }: PageQuery,
): Promise<z.input<typeof PAGE>> {
  const { generation, revision } = document;
  const skipped = cursor === undefined ? 0 : toSkipped(cursor, document);
  const instances: ResultInstance[] = [];
  let seen = 0;
  for await (const instance of all) {
    seen += 1;
    if (seen > skipped) instances.push(instance);
    if (instances.length > limit) break;
  }
  const isCut = instances.length > limit;
  const page = instances.slice(0, limit);
  const position = [generation, revision, skipped + page.length];
  return { instances: page, cursor: isCut ? toCursor(position) : null, generation, revision };
}

function toSkipped(
  cursor: string,
  document: { readonly generation: number; readonly revision: number },
): number {
  const [generation, revision, skipped] = readCursor(cursor, POSITION);
  if (generation === document.generation && revision === document.revision) return skipped;
  throw new ApiError(
    'invalid-request',
    'The batch has a newer document than the page before: begin again without a cursor.',
  );
}
