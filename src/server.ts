import { resolve } from 'node:path';
import { createApi } from './api/create-api';
import { createAuthenticate } from './api/auth/authenticator';
import type { Config } from './config/config';
import { toPlanConfig } from './config/plan-config';
import type { TemporalConnection } from './config/temporal-connection';
import { createLogger } from './observability/logger';
import { createFolderResultStore } from './outbound/folder-result-store';
import { connectService } from './service/connect-service';

/** Composition root of the HTTP API: wires, listens, shuts down. */

/** How a server is run. */
export interface ServerRun {
  /** Fires when it is to stop. */
  readonly signal: AbortSignal;
  /** Called once when it listens, with its address. */
  readonly onReady: (url: string) => void;
}

/**
 * Runs the HTTP API until it is told to stop.
 *
 * @param config - the checked configuration
 * @param temporal - where the Temporal server is
 * @param run - when to stop, and whom to tell
 * @returns when what was under way has ended
 * @throws Error that says what to do when nobody could be let in, or Temporal does not answer
 */
export async function runServer(
  config: Config,
  temporal: TemporalConnection,
  { signal, onReady }: ServerRun,
): Promise<void> {
  const { server, results } = config;
  const logger = createLogger(config.log.level);
  const authenticate = createAuthenticate(server, (message) => logger.error(message));
  if (authenticate === null) throw new Error(NOBODY);
  const connected = await connectService({
    connection: temporal.connectionOptions,
    namespace: temporal.namespace,
    resultStore: createFolderResultStore(results.folder),
    resultsLocation: resolve(results.folder),
  });
  if (!connected.ok) throw new Error(connected.message);
  const { service, close } = connected.value;
  const plan = toPlanConfig(config, 'the configuration of the server');
  const api = await createApi({ service, plan, server, authenticate, logger });
  try {
    const url = await api.listen({ host: server.host, port: server.port });
    logger.info({ url, authentication: server.authentication }, 'the API listens');
    onReady(url);
    await untilAborted(signal);
    const timer = setTimeout(() => api.server.closeAllConnections(), server.shutdownGraceMs);
    await api.close().finally(() => clearTimeout(timer));
  } finally {
    await close();
  }
}

const NOBODY =
  'Nobody could be let in: set server.keysFile (TAIRFLEET_SERVER_KEYS_FILE) or server.jwt.jwksUrl, ' +
  'or, for a server that only this host reaches, server.authentication: none';

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
