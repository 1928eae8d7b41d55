import { z } from 'zod';
import type { ApiApp, ApiContext } from '../api-app';

/** How long an answer of Temporal counts, so that whoever asks often does not load it. */
const READY_FOR_MS = 1_000;

const HEALTH = z.object({ alive: z.literal(true) });
const READINESS = z.object({ ready: z.boolean() });

/** Adds `/healthz` and `/readyz`, which say nothing about batches and need no key. */
export function addHealthRoutes(app: ApiApp, { service }: ApiContext): void {
  let askedAtMs = -Infinity;
  let answer = Promise.resolve(false);
  const isReady = (): Promise<boolean> => {
    if (performance.now() - askedAtMs < READY_FOR_MS) return answer;
    askedAtMs = performance.now();
    answer = service.pollers().then(({ ok }) => ok);
    return answer;
  };
  app.route({
    method: 'GET',
    url: '/healthz',
    config: { access: 'public', isUncounted: true },
    schema: {
      operationId: 'getHealth',
      summary: 'Whether the server lives',
      description: 'Says nothing about Temporal, so that no supervisor restarts it for that.',
      tags: ['server'],
      response: { 200: HEALTH.describe('It does.') },
    },
    handler: () => ({ alive: true }) as const,
  });
  app.route({
    method: 'GET',
    url: '/readyz',
    config: { access: 'public', isUncounted: true },
    schema: {
      operationId: 'getReadiness',
      summary: 'Whether Temporal answers',
      description: 'Asked at most once a second; before it has answered, send no requests here.',
      tags: ['server'],
      response: {
        200: READINESS.describe('It does.'),
        503: READINESS.describe('It does not.'),
      },
    },
    handler: async (_request, reply) => {
      const ready = await isReady();
      return reply.status(ready ? 200 : 503).send({ ready });
    },
  });
}
