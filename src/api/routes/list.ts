import { z } from 'zod';
import type { ListedBatch } from '../../service/list-batches';
import type { ListFilter, ListPosition } from '../../service/list-filter';
import type { ApiApp, ApiContext } from '../api-app';
import { toApiError } from '../api-error';
import { toSubject } from '../auth/guard';
import { TENANT } from '../batch-key';
import { readCursor, toCursor } from '../cursor';
import { chooseTenant } from '../choose-tenant';
import type { Subject } from '../subject';
import { toTime } from '../views/batch-view';
import { CURSOR, PHASE, RUN_STATUS, TIME } from '../views/shapes';

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 1_000;

const COUNT = z.int().min(0);

const QUERY = z.strictObject({
  tenant: TENANT.optional().describe('Only those of a tenant.'),
  phase: PHASE.exclude(['done']).optional().describe('Only open ones in this phase.'),
  needsOperator: z
    .enum(['true', 'false'])
    .optional()
    .describe('`true`: only open ones that wait for a person.'),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_DEFAULT),
  cursor: CURSOR.optional().describe('The `cursor` of the page before.'),
});

const ROW = z
  .object({
    tenant: z.string(),
    batchId: z.string(),
    runId: z.string().describe('Of the latest run in Temporal.'),
    status: RUN_STATUS,
    phase: PHASE.nullable().describe('Of an open batch, as far as somebody answers.'),
    outcome: z
      .enum(['succeeded', 'partial', 'failed', 'cancelled'])
      .nullable()
      .describe('Of an ended batch whose result is there.'),
    needsOperator: z.boolean(),
    schedule: z.string().nullable().describe('Name of the schedule that has started it.'),
    slots: COUNT.nullable(),
    ready: COUNT.nullable(),
    startedAt: TIME,
    endedAt: TIME.nullable(),
  })
  .meta({ id: 'ListedBatch' });

const PAGE = z
  .object({
    batches: z.array(ROW),
    cursor: CURSOR.nullable().describe('Leads to the next page; null on the last one.'),
  })
  .meta({ id: 'BatchPage' });

const POSITION = z.tuple([z.string(), z.number(), z.number().nullable()]);

/** Adds the list of batches. */
export function addListRoute(app: ApiApp, { service }: ApiContext): void {
  app.route({
    method: 'GET',
    url: '/v1/batches',
    config: { access: 'viewer' },
    schema: {
      operationId: 'listBatches',
      summary: 'List batches',
      description:
        'Open ones first, each kind newest first. A batch that ends between two pages may be on ' +
        'both; none is left out.',
      tags: ['batches'],
      querystring: QUERY,
      response: { 200: PAGE.describe('Batches of tenants that the subject may see.') },
    },
    handler: async (request, reply) => {
      const filter = toFilter(request.query, toSubject(request));
      const listed = await service.list(filter);
      if (!listed.ok) throw toApiError(listed);
      const { batches, isCut } = listed.value;
      const last = batches.at(-1);
      return reply.send({
        batches: batches.map(toRow),
        cursor: isCut && last !== undefined ? toCursor(toTuple(last)) : null,
      });
    },
  });
}

function toFilter(query: z.output<typeof QUERY>, subject: Subject): ListFilter {
  const { phase, needsOperator, limit, cursor } = query;
  const tenant = chooseTenant(query.tenant, { subject, what: 'batches' });
  return {
    limit,
    ...(tenant === null ? {} : { tenant }),
    ...(phase === undefined ? {} : { phase }),
    ...(needsOperator === undefined ? {} : { needsOperator: needsOperator === 'true' }),
    ...(cursor === undefined ? {} : { after: toPosition(readCursor(cursor, POSITION)) }),
  };
}

function toRow(batch: ListedBatch): z.input<typeof ROW> {
  const { tenant, batchId, runId, status, phase, outcome, needsOperator, schedule } = batch;
  const { slots, ready } = batch;
  return {
    ...{ tenant, batchId, runId, status, phase, outcome, needsOperator, schedule, slots, ready },
    startedAt: toTime(batch.startedAtMs),
    endedAt: toTime(batch.endedAtMs),
  };
}

function toTuple({ runId, startedAtMs, endedAtMs }: ListPosition): z.input<typeof POSITION> {
  return [runId, startedAtMs, endedAtMs];
}

function toPosition([runId, startedAtMs, endedAtMs]: z.output<typeof POSITION>): ListPosition {
  return { runId, startedAtMs, endedAtMs };
}
