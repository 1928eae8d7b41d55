import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import {
  createCloudActivities,
  createMainActivities,
  createWaitActivities,
} from './activities/create-activities';
import type { ActivityDependencies } from './activities/dependencies';
import { systemClock } from './activities/clock';
import type { WorkerSelf } from './activities/operation-dependencies';
import { createPopCoreCloud, type CloudAccount, type PopCoreCloud } from './cloud/pop-core-cloud';
import { SYSTEM_CLOCK } from './cloud/clock';
import { createReadinessPoller } from './cloud/readiness-poller';
import { createChainCredentials, createEnvCredentials } from './cloud/credentials';
import type { Config } from './config/config';
import type { ConfigOrigin } from './config/load-config';
import { toSweepTimesMs } from './config/sweep-times';
import type { TemporalConnection } from './config/temporal-connection';
import { logEvent, toEventLog, type EventLog } from './contract/log-writer';
import type { Metrics } from './contract/metric-writer';
import { MAIN_QUEUE, toCloudQueue, toWaitQueue } from './contract/names';
import { SEARCH_ATTRIBUTES, toRegisterCommand } from './contract/search-attributes';
import { startHealthServer, type HealthServer } from './observability/health-server';
import { keepBatchGauges } from './observability/batch-gauges';
import { createCallLog } from './observability/call-log';
import { createCallMetrics } from './observability/call-metrics';
import { createLogger } from './observability/logger';
import { installRuntime } from './observability/runtime';
import { StartError } from './observability/start-error';
import { tellStopping } from './observability/stop-log';
import { probeFolder } from './outbound/folder-probe';
import { createFolderReleaseBook } from './outbound/folder-release-book';
import { createFolderResultStore } from './outbound/folder-result-store';
import { createRedisProbe } from './outbound/redis-probe';
import { createSecretResolver } from './outbound/secret-resolver';
import { createWebhookSender } from './outbound/webhook-sender';
import { countBatches } from './service/count-batches';
import { createHaltSwitch } from './service/halt-switch';
import { createRunDirectory } from './service/run-directory';

/** Composition root of the worker: wires, runs, shuts down. */

/** What the three workers of a process are made of. */
export interface FleetWorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly mainQueue: string;
  /** File with the pre-built workflow bundle. */
  readonly bundlePath: string;
  readonly dependencies: ActivityDependencies;
  readonly worker: Config['worker'];
}

/** A worker for each queue, so that no kind of work starves another. */
export function createFleetWorkers(options: FleetWorkerOptions): Promise<readonly Worker[]> {
  const { connection, namespace, mainQueue, dependencies, worker } = options;
  const common = {
    connection,
    namespace,
    shutdownGraceTime: worker.shutdownGraceMs,
    shutdownForceTime: worker.shutdownForceMs,
  };
  return Promise.all([
    Worker.create({
      ...common,
      taskQueue: mainQueue,
      workflowBundle: { codePath: options.bundlePath },
      activities: createMainActivities(dependencies),
      maxCachedWorkflows: worker.maxCachedWorkflows,
      maxConcurrentActivityTaskExecutions: worker.mainSlots,
    }),
    Worker.create({
      ...common,
      taskQueue: toCloudQueue(mainQueue),
      activities: createCloudActivities(dependencies),
      maxConcurrentActivityTaskExecutions: worker.cloudSlots,
    }),
    Worker.create({
      ...common,
      taskQueue: toWaitQueue(mainQueue),
      activities: createWaitActivities(dependencies),
      maxConcurrentActivityTaskExecutions: worker.waitSlots,
    }),
  ]);
}

/**
 * How far the heap may grow between two collections. V8 would let it double: beyond ten thousand
 * instances most of a worker's memory was answers of the cloud that were long read.
 */
const HEAP_GROWTH_PERCENT = 5;

/** How a worker is run. */
export interface WorkerRun {
  /** Where its configuration comes from. */
  readonly origin: ConfigOrigin;
  /** Called once when it polls. */
  readonly onReady: () => void;
}

/**
 * Runs a worker until it is told to stop.
 *
 * @param config - the checked configuration
 * @param temporal - where the server is
 * @param run - whom to tell when it polls
 * @returns when everything in flight has ended or been handed over
 * @throws Error that says what to do when no server answers or search attributes are missing
 */
export async function runWorker(
  config: Config,
  temporal: TemporalConnection,
  { origin, onReady }: WorkerRun,
): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const logger = createLogger(config.log.level);
  const log = toEventLog(logger);
  logEvent(log, 'config-loaded', { ...origin });
  const metrics = installRuntime(logger, config.metrics);
  const connection = await connect(temporal);
  const cloud = createCloud(config, { metrics, log });
  try {
    const { namespace } = temporal;
    if (config.tuning.isSearchable) await checkSearchAttributes(connection, namespace);
    const client = new Client({ connection, namespace });
    const dependencies = createDependencies(config, { cloud, client, metrics });
    const workers = await createFleetWorkers({
      connection,
      namespace,
      mainQueue: MAIN_QUEUE,
      bundlePath: join(__dirname, 'workflow-bundle.js'),
      dependencies,
      worker: config.worker,
    });
    const runs = workers.map((worker) => worker.run());
    const health = await startHealth(config, { connection, workers });
    const stopGauges = keepBatchGauges(metrics, () =>
      countBatches(client, config.tuning.isSearchable),
    );
    const stopTelling = tellStopping(log);
    logEvent(log, 'worker-started', { version: readOwnVersion(), namespace });
    onReady();
    await Promise.all(runs).finally(() => {
      stopTelling();
      stopGauges();
      return health?.close();
    });
    await dependencies.webhooks.close();
    logEvent(log, 'worker-stopped', {});
  } finally {
    cloud.close();
    await connection.close();
  }
}

/** Health over HTTP, when a port is configured. */
async function startHealth(
  { health }: Config,
  { connection, workers }: { connection: NativeConnection; workers: readonly Worker[] },
): Promise<HealthServer | null> {
  if (health.port === 0) return null;
  return startHealthServer(health, {
    workers: () =>
      Object.fromEntries(workers.map((worker) => [worker.options.taskQueue, worker.getState()])),
    async isConnected() {
      const ask = () => connection.workflowService.getSystemInfo({});
      await connection.withDeadline(Date.now() + HEALTH_TIMEOUT_MS, ask);
      return true;
    },
  });
}

/** Below the usual patience of a container's health check. */
const HEALTH_TIMEOUT_MS = 2_000;

/** A PING takes milliseconds; a lost first packet is sent again after one second, and after three. */
const PROBE_TIMEOUT_MS = 5_000;

/** What there is once the worker is connected. */
interface Connected {
  readonly cloud: PopCoreCloud;
  readonly client: Client;
  readonly metrics: Metrics;
}

/** Everything that the activities need, from the configuration. */
export function createDependencies(
  config: Config,
  { cloud, client, metrics }: Connected,
): ActivityDependencies {
  return {
    metrics,
    cloud,
    followUps: cloud,
    probe: createRedisProbe({ timeoutMs: PROBE_TIMEOUT_MS }),
    poller: createReadinessPoller({ cloud, clock: SYSTEM_CLOCK, settings: config.readiness }),
    runs: createRunDirectory(client),
    results: createFolderResultStore(config.results.folder),
    secrets: createSecretResolver(config.secrets, process.env),
    webhooks: createWebhookSender(config.webhooks),
    clock: systemClock,
    settle: config.safety,
    isLookUpAlways: config.lookUpBeforeCreate === 'always',
    callTimeoutMs: config.cloud.callTimeoutMs,
    tuning: { ...config.tuning, sweepAfterMs: toSweepTimesMs(config.safety.sweepAfter) },
    readiness: config.readiness,
    guards: {
      slotsPerBatchMax: config.guards.slotsPerBatchMax,
      isPrepaidAllowed: config.guards.prepaidAllowed,
      accountsByTenant: config.guards.accountsByTenant,
      instancesMaxByTenant: config.guards.instancesMaxByTenant,
      spendMaxByTenant: config.guards.spendMaxByTenant,
    },
    plan: {
      installationId: config.installationId,
      accounts: Object.keys(config.accounts),
      defaultAccount: config.defaultAccount ?? null,
      ...config.plan,
    },
    isClassCompared: config.cloud.compareClass,
    releases: cloud,
    preflights: cloud,
    halt: createHaltSwitch(client),
    releaseBook: createFolderReleaseBook(config.results.folder),
    self: createSelf(config),
  };
}

function createSelf(config: Config): WorkerSelf {
  return {
    version: readOwnVersion(),
    sdk: readVersion(require.resolve('@temporalio/worker/package.json')),
    probeResults: () => probeFolder(config.results.folder),
    listRegions: (account) => Object.keys(config.accounts[account]?.endpoints ?? {}),
  };
}

function readOwnVersion(): string {
  return readVersion(join(__dirname, '..', 'package.json'));
}

function readVersion(manifest: string): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

/** What is told of every call. */
interface Observers {
  readonly metrics: Metrics;
  readonly log: EventLog;
}

/** The cloud adapter of a configuration; close it at the end. */
export function createCloud(config: Config, { metrics, log }: Observers): PopCoreCloud {
  const accounts = Object.entries(config.accounts).map(
    ([name, account]): [string, CloudAccount] => [name, toCloudAccount(config, account)],
  );
  const countCall = createCallMetrics(metrics);
  const tellCall = createCallLog(log);
  return createPopCoreCloud({
    accounts: Object.fromEntries(accounts),
    isPlainHttpAllowed: config.cloud.allowPlainHttp,
    onCall(report) {
      countCall(report);
      tellCall(report);
    },
    limits: {
      startPerSecond: config.cloud.ratePerSecond.start,
      maxPerSecond: config.cloud.ratePerSecond.max,
    },
  });
}

function toCloudAccount(config: Config, account: Config['accounts'][string]): CloudAccount {
  const endpoint = config.cloud.endpoint ?? account.endpoint;
  const credentials =
    account.credentials === 'chain'
      ? createChainCredentials()
      : createEnvCredentials(account, process.env);
  return {
    credentials,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(account.endpoints === undefined ? {} : { endpointByRegion: account.endpoints }),
  };
}

async function connect({ connectionOptions }: TemporalConnection): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(connectionOptions);
  } catch {
    throw new StartError(
      'no-server',
      `no Temporal server answers at ${connectionOptions.address}. Start one with ` +
        '"tairfleet up", or set TEMPORAL_ADDRESS to a running one',
    );
  }
}

/** An unregistered attribute would fail every workflow task for ever, so it is checked at the start. */
async function checkSearchAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => !(name in (customAttributes ?? {})));
  if (missing.length === 0) return;
  throw new Error(
    `namespace '${namespace}' lacks the search attributes ` +
      `${missing.map(({ name }) => name).join(', ')}. Register them with\n` +
      `  ${toRegisterCommand(namespace, missing)}\n` +
      'or switch them off with TAIRFLEET_TUNING_IS_SEARCHABLE=false',
  );
}
