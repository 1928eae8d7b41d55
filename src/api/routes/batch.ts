import type { ApiApp, ApiContext } from '../api-app';
import { toValue } from '../audit-log';
import { BATCH_PARAMS, TENANT_QUERY, toBatchKey } from '../batch-key';
import { BATCH, toBatchView } from '../views/batch-view';
import { RESULT } from '../views/shapes';

/** Adds the routes that read one batch. */
export function addBatchRoutes(app: ApiApp, { service }: ApiContext): void {
  const common = { tags: ['batches'], params: BATCH_PARAMS, querystring: TENANT_QUERY };
  app.route({
    method: 'GET',
    url: '/v1/batches/:batchId',
    config: { access: 'viewer' },
    schema: {
      ...common,
      operationId: 'getBatch',
      summary: 'Look at a batch',
      description: 'How far it is, what it waits for, what needs a person, and how it ended.',
      response: { 200: BATCH.describe('What is known right now.') },
    },
    handler: async (request, reply) => {
      const key = toBatchKey(request);
      return reply.send(toBatchView(toValue(await service.status(key), key)));
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
