import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import {
  createCloudActivities,
  createMainActivities,
  createWaitActivities,
} from '../../src/activities/create-activities';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import { systemClock } from '../../src/activities/clock';
import { SYSTEM_CLOCK } from '../../src/cloud/clock';
import { createPopCoreCloud } from '../../src/cloud/pop-core-cloud';
import { createReadinessPoller } from '../../src/cloud/readiness-poller';
import { createMetrics, type Metrics } from '../../src/contract/metric-writer';
import { toCloudQueue, toWaitQueue } from '../../src/contract/names';
import { toWorkflowId } from '../../src/contract/workflow-id';
import type { BatchProgress } from '../../src/domain/progress';
import type { ResultDocument } from '../../src/domain/result';
import { SETTLE_DEFAULTS } from '../../src/domain/settle-time';
import { startEmulator } from '../../src/emulator/main';
import { createCallMetrics } from '../../src/observability/call-metrics';
import { createLogger } from '../../src/observability/logger';
import { installRuntime } from '../../src/observability/runtime';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { createFolderReleaseBook } from '../../src/outbound/folder-release-book';
import { createRedisProbe } from '../../src/outbound/redis-probe';
import { createSecretResolver } from '../../src/outbound/secret-resolver';
import { createWebhookSender } from '../../src/outbound/webhook-sender';
import { createHaltSwitch } from '../../src/service/halt-switch';
import { sendUpdate } from '../../src/service/send-update';
import { createRunDirectory } from '../../src/service/run-directory';
import { TEST_WORKER } from './operation-fakes';
import { createTempFolder } from './temp-folder';
import { TEST_TUNING } from './test-tuning';
import { waitFor } from './wait-for';
import { removePromiseHook, WITHOUT_THREAD } from './workflow-threads';

/** The whole product in one process but for the Temporal server: for tests of the workflow. */
export interface Fleet {
  readonly client: Client;
  readonly taskQueue: string;
  readonly control: EmulatorControl;
  readonly dependencies: ActivityDependencies;
  /** Starts a batch; the request's batch id is made unique. */
  start(request: TestRequest): Promise<StartedBatch>;
  close(): Promise<void>;
}

/** A batch in flight. */
export interface StartedBatch {
  readonly workflowId: string;
  readonly runId: string;
  /** What the workflow was started with. */
  readonly input: object;
  result(): Promise<ResultDocument>;
  /**
   * Starts another run under the same id, past our own door; the one before has to be closed.
   *
   * @param elsewhere - a fleet of another namespace
   */
  startAgain(elsewhere?: Pick<Fleet, 'client' | 'taskQueue'>): Promise<ResultDocument>;
  progress(): Promise<BatchProgress>;
  /** Polls the progress until it is as wanted; at most a minute. */
  until(isReached: (progress: BatchProgress) => boolean): Promise<BatchProgress>;
  update(name: string, input?: unknown): Promise<unknown>;
}

/** The emulator's control API. */
export interface EmulatorControl {
  readonly url: string;
  stats(): Promise<EmulatorStats>;
  log(action?: string): Promise<readonly EmulatorLogEntry[]>;
  put(what: 'config' | 'faults', value: unknown): Promise<void>;
  /** Takes settings back to what the emulator was started with. */
  restoreConfig(...keys: readonly string[]): Promise<void>;
  /** Adds rules after those that are there. */
  addFaults(faults: readonly object[]): Promise<void>;
  /** Every instance that was ever made, visible or not; deleted ones are `Released`. */
  instances(): Promise<readonly EmulatorInstance[]>;
}

/** Part of an instance as the emulator's books have it. */
export interface EmulatorInstance {
  readonly InstanceId: string;
  readonly InstanceName: string;
  readonly InstanceStatus: string;
  readonly ZoneId: string;
}

/** Part of the emulator's counters. */
export interface EmulatorStats {
  /** Orders that were placed, paid or not. */
  readonly orders: number;
  readonly instances: { readonly live: number; readonly normal: number };
  readonly namesTwice: number;
  readonly calls: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Part of an entry of the emulator's log. */
export interface EmulatorLogEntry {
  /** From 1, by arrival. */
  readonly seq: number;
  readonly action: string;
  readonly code: string | null;
  /** HTTP status of the answer; null until there is one, 0 when the connection was cut. */
  readonly status: number | null;
  /** When it came, by ISO 8601. */
  readonly at: string;
  /** Ids of the answer. */
  readonly ids: readonly string[];
  /** Ids that the call created or deleted, whatever was answered. */
  readonly committedIds: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

/** A request in its submitted form, but for the batch id. */
export type TestRequest = Readonly<Record<string, unknown>>;

/** What differs from the defaults of the tests. */
export interface FleetOptions {
  /** Config of the emulator, and `faults`. */
  readonly emulator?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Partial<ActivityDependencies>;
  readonly tuning?: Partial<ActivityDependencies['tuning']>;
  readonly seed?: number;
  /** An existing one; for tests of what concerns all workers of a namespace. */
  readonly namespace?: string;
  /** One of its own unless a client chooses it, such as that of the service. */
  readonly taskQueue?: string;
  /** Where the metrics are shown; for the first fleet of a file. */
  readonly metricsPort?: number;
  /** Takes what the workers log; of the first fleet of a file. Errors go to stderr without it. */
  readonly logger?: Logger;
  /** 0: every workflow task replays its workflow from the start. */
  readonly maxCachedWorkflows?: number;
}

/** Short times for tests: S is 1.3 s, and the emulator is as quick. */
export const TEST_SETTLE = {
  ...SETTLE_DEFAULTS,
  sendWindowMs: 400,
  signatureValidityMs: 300,
  clockSkewMs: 300,
  commitLagMs: 100,
  visibilityLagMs: 200,
  timerMarginMs: 100,
};

/** As the worker's own. */
const SECRET_RULES = { envPrefixes: ['TAIRFLEET_SECRET_'], folders: [], byTenant: {} };

/** Starts emulator and workers against the run's Temporal server. */
export async function startFleet(options: FleetOptions = {}): Promise<Fleet> {
  const address = process.env['TAIRFLEET_TEST_TEMPORAL_ADDRESS'];
  const codePath = process.env['TAIRFLEET_TEST_BUNDLE'];
  if (!address || !codePath) throw new Error('run this by npm test, which starts the server');
  const metrics = installRuntimeOnce(options.metricsPort ?? 0, options.logger);
  const folder = createTempFolder();
  const emulator = await startEmulator({
    seed: options.seed ?? 1,
    config: { readyTimeMs: 300, ...options.emulator },
  });
  const connection = await Connection.connect({ address });
  const nativeConnection = await NativeConnection.connect({ address });
  const namespace = options.namespace ?? 'default';
  const client = new Client({ connection, namespace });
  const cloud = createPopCoreCloud({
    accounts: {
      default: {
        endpoint: emulator.url,
        credentials: {
          resolve: () => Promise.resolve({ accessKeyId: 'testid', accessKeySecret: 'testsecret' }),
        },
      },
    },
    limits: { startPerSecond: 200, maxPerSecond: 500 },
    onCall: createCallMetrics(metrics),
  });
  const webhooks = createWebhookSender({ privateNetworks: ['127.0.0.0/8'], timeoutMs: 2_000 });
  const dependencies: ActivityDependencies = {
    cloud,
    followUps: cloud,
    probe: createRedisProbe({ timeoutMs: 1_000 }),
    poller: createReadinessPoller({
      cloud,
      clock: SYSTEM_CLOCK,
      settings: { pollMinMs: 200, pollMaxMs: 400 },
    }),
    runs: createRunDirectory(client),
    results: createFolderResultStore(folder.path),
    secrets: createSecretResolver(SECRET_RULES, process.env),
    webhooks,
    clock: systemClock,
    metrics,
    settle: TEST_SETTLE,
    isLookUpAlways: false,
    callTimeoutMs: 1_500,
    tuning: { ...TEST_TUNING, ...options.tuning },
    readiness: { windowMs: 20_000, absentToleratedMs: 5_000 },
    guards: { slotsPerBatchMax: 20_000, isPrepaidAllowed: false, accountsByTenant: {} },
    plan: {
      installationId: 'test',
      accounts: ['default'],
      defaultAccount: 'default',
      chunkSlots: 10,
      shardSlots: 5_000,
    },
    isClassCompared: true,
    releases: cloud,
    preflights: cloud,
    halt: createHaltSwitch(client),
    releaseBook: createFolderReleaseBook(folder.path),
    self: TEST_WORKER,
    ...options.dependencies,
  };
  const taskQueue = options.taskQueue ?? `test-${randomUUID()}`;
  const workers = await createWorkers({
    ...{ nativeConnection, namespace, taskQueue, codePath, dependencies },
    maxCachedWorkflows: options.maxCachedWorkflows ?? 100,
  });
  const running = workers.map((worker) => worker.run());
  return {
    client,
    taskQueue,
    dependencies,
    control: createControl(emulator.url),
    start: (request) => startBatch(client, taskQueue, request),
    async close() {
      workers.forEach((worker) => worker.shutdown());
      await Promise.all(running);
      await webhooks.close();
      cloud.close();
      await nativeConnection.close();
      await connection.close();
      await emulator.close();
      folder.remove();
    },
  };
}

interface WorkersInput {
  readonly nativeConnection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly codePath: string;
  readonly dependencies: ActivityDependencies;
  readonly maxCachedWorkflows: number;
}

/** The same three workers as the worker's root makes, with names of their own. */
async function createWorkers(input: WorkersInput): Promise<readonly Worker[]> {
  const { Worker: WorkerClass } = await import('@temporalio/worker');
  const { nativeConnection: connection, namespace, taskQueue, codePath, dependencies } = input;
  const workers = await Promise.all([
    WorkerClass.create({
      connection,
      namespace,
      taskQueue,
      workflowBundle: { codePath },
      ...WITHOUT_THREAD,
      activities: createMainActivities(dependencies),
      maxCachedWorkflows: input.maxCachedWorkflows,
    }),
    WorkerClass.create({
      connection,
      namespace,
      taskQueue: toCloudQueue(taskQueue),
      activities: createCloudActivities(dependencies),
    }),
    WorkerClass.create({
      connection,
      namespace,
      taskQueue: toWaitQueue(taskQueue),
      activities: createWaitActivities(dependencies),
    }),
  ]);
  removePromiseHook();
  return workers;
}

async function startBatch(
  client: Client,
  taskQueue: string,
  request: TestRequest,
): Promise<StartedBatch> {
  const batchId = `b-${randomUUID().slice(0, 8)}`;
  const { tenant } = request;
  const workflowId = toWorkflowId(typeof tenant === 'string' ? tenant : 'default', batchId);
  const input = { request: { apiVersion: 'tairfleet/v1', batchId, ...request } };
  const options = { workflowId, taskQueue, args: [input] };
  const handle = await client.workflow.start('provisionBatch', options);
  const progress = (): Promise<BatchProgress> => handle.query('progress');
  return {
    workflowId,
    runId: handle.firstExecutionRunId,
    input,
    result: () => handle.result() as Promise<ResultDocument>,
    startAgain: (where = { client, taskQueue }) =>
      where.client.workflow.execute('provisionBatch', { ...options, taskQueue: where.taskQueue }),
    progress,
    until: (isReached) => waitFor(progress, isReached),
    update: (name, value) => sendUpdate(client.workflow.getHandle(workflowId), name, value),
  };
}

function createControl(url: string): EmulatorControl {
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(`${url}/_emulator/${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const list = async <Row>(path: string): Promise<readonly Row[]> => {
    const lines = (await (await get(path)).text()).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Row);
  };
  const send = async (
    method: 'PUT' | 'POST' | 'DELETE',
    what: string,
    value?: unknown,
  ): Promise<void> => {
    const response = await fetch(`${url}/_emulator/${what}`, {
      method,
      body: JSON.stringify(value),
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${method} ${what}: ${await response.text()}`);
  };
  return {
    url,
    stats: async () => (await (await get('stats')).json()) as EmulatorStats,
    log: (action) => list(`log${action ? `?action=${action}` : ''}`),
    put: (what, value) => send('PUT', what, value),
    restoreConfig: (...keys) =>
      send('DELETE', `config?${keys.map((key) => `key=${key}`).join('&')}`),
    addFaults: (faults) => send('POST', 'faults', faults),
    instances: () => list('instances'),
  };
}

let isRuntimeInstalled = false;

/** The first fleet of a test file decides where metrics and logs are. */
function installRuntimeOnce(port: number, logger = createLogger('error')): Metrics {
  if (isRuntimeInstalled) return createMetrics(Runtime.instance().metricMeter);
  isRuntimeInstalled = true;
  return installRuntime(logger, { port, host: '127.0.0.1' });
}
