import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toListenError } from './start-error';

/** What a worker knows about its own state at this moment. */
export interface HealthSource {
  /** State of the worker of each queue, such as `RUNNING`, by queue. */
  workers(): Readonly<Record<string, string>>;
  /** Whether the Temporal server has answered lately. */
  isConnected(): Promise<boolean>;
}

/** A health server that listens. */
export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Answers whoever runs the worker: `/healthz` as long as the process lives, `/readyz` with 200 when all
 * its workers run and Temporal answers, else with 503. It says nothing about batches or accounts.
 *
 * @param place - port (0 takes any free one) and host
 * @param source - what the worker knows about itself
 * @throws StartError when it cannot listen there
 */
export async function startHealthServer(
  place: { readonly port: number; readonly host: string },
  source: HealthSource,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '/', request.method ?? 'GET', source).then(({ status, body }) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
      });
      response.end(request.method === 'HEAD' ? '' : `${JSON.stringify(body)}\n`);
    });
  });
  await listen(server, place);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface HealthAnswer {
  readonly status: number;
  readonly body: object;
}

async function answer(url: string, method: string, source: HealthSource): Promise<HealthAnswer> {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: { error: 'use GET' } };
  switch (url.split('?')[0]) {
    case '/healthz':
      return { status: 200, body: { alive: true } };
    case '/readyz':
      return toReadiness(source);
    default:
      return { status: 404, body: { error: 'there are /healthz and /readyz' } };
  }
}

async function toReadiness(source: HealthSource): Promise<HealthAnswer> {
  const workers = source.workers();
  const areRunning = Object.values(workers).every((state) => state === 'RUNNING');
  // Asked only when it matters: a stopping worker may have closed its connection.
  const isConnected = areRunning && (await source.isConnected().catch(() => false));
  return {
    status: isConnected ? 200 : 503,
    body: { ready: isConnected, connected: isConnected, workers },
  };
}

function listen(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const place = { host, port, what: 'health server', section: 'health' } as const;
    server.once('error', (error) => reject(toListenError(error, place) as Error));
    server.listen(port, host, () => resolve());
  });
}
