import { resolve } from 'node:path';
import type { ApiApp } from './api/api-app';
import { createApi } from './api/create-api';
import { createAuthenticate } from './api/auth/authenticator';
import type { Authenticate } from './api/auth/authenticator';
import { isOnlyEmulator } from './config/cloud-endpoints';
import type { Config } from './config/config';
import { toPlanConfig } from './config/plan-config';
import type { ConfigOrigin } from './config/load-config';
import type { TemporalConnection } from './config/temporal-connection';
import { logEvent, toEventLog, type EventLog } from './contract/log-writer';
import { startHealthServer, type HealthSource } from './observability/health-server';
import { createLogger } from './observability/logger';
import { openMetrics } from './observability/runtime';
import { StartError, toListenError } from './observability/start-error';
import { createFolderResultStore } from './outbound/folder-result-store';
import type { BatchService } from './service/batch-service';
import { connectService } from './service/connect-service';

/** Composition root of the HTTP API: wires, listens, shuts down. */

/** How a server is run. */
export interface ServerRun {
  /** Fires when it is to stop. */
  readonly signal: AbortSignal;
  /** Of the program. */
  readonly version: string;
  /** Where its configuration comes from. */
  readonly origin: ConfigOrigin;
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
 * @throws StartError when nobody could be let in, anybody could, Temporal does not answer, or the port is taken
 */
export async function runServer(
  config: Config,
  temporal: TemporalConnection,
  run: ServerRun,
): Promise<void> {
  const logger = createLogger(config.log.level);
  const log = toEventLog(logger);
  logEvent(log, 'config-loaded', { ...run.origin });
  const authenticate = await openAuthenticate(config, log);
  const shown = openMetrics(logger, config.metrics);
  const connected = await connectService({
    connection: temporal.connectionOptions,
    namespace: temporal.namespace,
    resultStore: createFolderResultStore(config.results.folder),
    resultsLocation: resolve(config.results.folder),
  });
  try {
    if (!connected.ok) throw new StartError('no-server', connected.message);
    const { service } = connected.value;
    const plan = toPlanConfig(config, 'the configuration of the server');
    const { metrics } = shown;
    const { server } = config;
    const api = await createApi({ service, plan, server, authenticate, logger, metrics });
    await serve(api, config, { ...run, service, log });
  } finally {
    if (connected.ok) await connected.value.close();
    await shown.close();
  }
}

/** A server that lets nobody in looks well, and is none. */
async function openAuthenticate(config: Config, log: EventLog): Promise<Authenticate> {
  const options = {
    isOnlyEmulator: isOnlyEmulator(config),
    onProblem: (error: string) => logEvent(log, 'keys-file-unusable', { error }),
  };
  const authenticate = await createAuthenticate(config.server, options).catch((error: Error) => {
    throw new StartError('invalid-config', error.message, { cause: error });
  });
  if (authenticate === null) throw new StartError('invalid-config', NOBODY);
  return authenticate;
}

/** Listens until it is told to stop, and as long as what was under way takes. */
async function serve(
  api: ApiApp,
  { server, health }: Config,
  { signal, version, onReady, service, log }: ServerRun & { service: BatchService; log: EventLog },
): Promise<void> {
  const well = health.port === 0 ? null : await startHealthServer(health, toHealth(service));
  try {
    const place = { host: server.host, port: server.port };
    const url = await api.listen(place).catch((error: unknown) => {
      throw toListenError(error, { ...place, what: 'HTTP API', section: 'server' });
    });
    const { authentication } = server;
    logEvent(log, 'api-started', { version, url, authentication });
    onReady(url);
    await untilAborted(signal);
    logEvent(log, 'api-stopping', {});
    const timer = setTimeout(() => api.server.closeAllConnections(), server.shutdownGraceMs);
    await api.close().finally(() => clearTimeout(timer));
    logEvent(log, 'api-stopped', {});
  } finally {
    await well?.close();
  }
}

/** It has no workers of its own, so all that can be wrong is Temporal. */
function toHealth(service: BatchService): HealthSource {
  return { workers: () => ({}), isConnected: async () => (await service.pollers()).ok };
}

const NOBODY =
  'Nobody could be let in: set server.keysFile (TAIRFLEET_SERVER_KEYS_FILE) or server.jwt.jwksUrl, ' +
  'or, for a server that only this host reaches, server.authentication: none';

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
