import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../contract/metric-writer';

/**
 * Times every request, by its route and not by its address, of which there is no end.
 *
 * @param app - the server, before its routes
 * @param metrics - where to
 */
export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url } = request.routeOptions;
    const labels = {
      method: url === undefined ? 'none' : request.method,
      // As the description of the API writes it.
      route: url?.replace(/:(\w+)/g, '{$1}') ?? 'none',
      status: String(reply.statusCode),
    };
    metrics.record('tairfleet_http_request_duration', labels, reply.elapsedTime / 1_000);
    done();
  });
}
