import { z } from 'zod';
import type { ApiApp, ApiContext } from '../api-app';
import { toValue } from '../audit-log';
import { BATCH_PARAMS, TENANT_QUERY, toBatchKey } from '../batch-key';
import { BATCH, toBatchView } from '../views/batch-view';
import { RESULT } from '../views/shapes';

/** What a worker that is not busy needs many times over, and a person does not notice. */
const WAIT_DEFAULT_MS = 75;

/** After that a batch counts as unanswered anyway. */
const WAIT_MAX_MS = 5_000;

const LOOK_QUERY = TENANT_QUERY.extend({
  waitMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(WAIT_MAX_MS)
    .default(WAIT_DEFAULT_MS)
    .describe(
      'How long the batch may take to say how far it is, ms; then comes what it told last.',
    ),
});

/** Adds the routes that read one batch. */
export function addBatchRoutes(app: ApiApp, { service }: ApiContext): void {
  const common = { tags: ['batches'], params: BATCH_PARAMS, querystring: TENANT_QUERY };
  app.route({
    method: 'GET',
    url: '/v1/batches/:batchId',
    config: { access: 'viewer' },
    schema: {
      ...common,
      querystring: LOOK_QUERY,
      operationId: 'getBatch',
      summary: 'Look at a batch',
      description:
        'How far it is, what it waits for, what needs a person, and how it ended. When its worker ' +
        'does not say so in time, `progress` is what it told last, of the moment `progressAt`, and ' +
        '`gap` says why.',
      response: { 200: BATCH.describe('What is known right now.') },
    },
    handler: async (request, reply) => {
      const key = toBatchKey(request);
      const { waitMs } = request.query;
      return reply.send(toBatchView(toValue(await service.status(key, { waitMs }), key)));
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/batches/:batchId/result',
    config: { access: 'viewer' },
    schema: {
      ...common,
      operationId: 'getResult',
      summary: 'Get the final document',
      description: 'The same document that receivers are told, of the latest run that has ended.',
      response: { 200: RESULT.describe('The final document.') },
    },
    handler: async (request, reply) => {
      const key = toBatchKey(request);
      return reply.send(toValue(await service.result(key), key).document);
    },
  });
}
