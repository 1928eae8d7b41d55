import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { ServerConfig } from '../config/config';
import type { ApiApp } from './api-app';
import { ApiError } from './api-error';

const WINDOW_MS = 60_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether requests do not count: for what a supervisor asks all the time. */
    isUncounted?: boolean;
  }
}

/**
 * Limits the requests of each subject, and those of each address without one, also where there is
 * no route. To be called once the subject is known.
 *
 * @param app - the server, before its routes
 * @param server - how many
 */
export async function limitRequests(
  app: ApiApp,
  { requestsPerMinute }: ServerConfig,
): Promise<void> {
  const keyGenerator = ({ subject, ip }: FastifyRequest): string => subject?.name ?? `ip:${ip}`;
  await app.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: WINDOW_MS,
    keyGenerator,
  });
  const count = app.createRateLimit();
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.isUncounted === true) return;
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    reply.header('retry-after', counted.ttlInSeconds);
    const seconds = counted.ttlInSeconds === 1 ? '1 second' : `${counted.ttlInSeconds} seconds`;
    throw new ApiError(
      'rate-limited',
      `The limit of requests is reached; try again in ${seconds}.`,
    );
  });
}
