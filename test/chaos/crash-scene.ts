import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { MAIN_QUEUE, PROVISION_BATCH } from '../../src/contract/names';
import { toWorkflowId } from '../../src/contract/workflow-id';
import type { ResultDocument } from '../../src/domain/result';
import { startEmulator } from '../../src/emulator/main';
import type { ReadyProgram } from '../../src/local/ready-program';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { waitFor } from '../support/wait-for';
import { createTempFolder } from '../support/temp-folder';
import { countCommits, readCloudAccount, type CloudAccount } from './cloud-account';
import { startWorkerProcess, toResultsFolder } from './worker-process';

/** Slots of a batch, and of each create call. */
export const SLOTS = 1_000;
export const CHUNK_SLOTS = 10;

/** Longest life of a batch on a busy machine, ms. */
const BATCH_TIMEOUT_MS = 90_000;

/** A difficult cloud: answers lost after the purchase, passing errors, throttling. */
const CLOUD = {
  readyTimeMs: 1_000,
  visibilityLagMs: 100,
  createTimeMs: 40,
  rateLimits: { CreateInstances: { perSecond: 40, burst: 10 } },
  faults: [
    { action: 'CreateInstances', when: 'after', kind: 'drop', probability: 0.08 },
    {
      action: 'CreateInstances',
      when: 'before',
      kind: 'refuse',
      probability: 0.08,
      status: 400,
      code: 'VpcServiceError',
      message: 'Invoke vpc service failed.',
    },
  ],
};

/** Short times; the emulator commits at once, so that S is still far above what a call can take. */
const WORKER_CONFIG = {
  installationId: 'chaos',
  cloud: { callTimeoutMs: 3_000, ratePerSecond: { start: 30, max: 100 } },
  plan: { chunkSlots: CHUNK_SLOTS },
  safety: {
    sendWindowMs: 2_000,
    signatureValidityMs: 500,
    clockSkewMs: 500,
    commitLagMs: 500,
    visibilityLagMs: 500,
    timerMarginMs: 200,
  },
  tuning: {
    roundBackOffMinMs: 100,
    roundBackOffMaxMs: 500,
    heartbeatTimeoutMs: 2_000,
    createAttemptMs: 10_000,
  },
  readiness: { pollMinMs: 300, pollMaxMs: 600 },
  log: { level: 'error' },
};

/** How a batch ended whose worker was killed. */
export interface CrashOutcome {
  readonly document: ResultDocument;
  /** Ids of the stored result. */
  readonly ownedIds: ReadonlySet<string>;
  readonly cloud: CloudAccount;
}

/** A batch of {@link SLOTS} slots, its cloud, and the worker process that will be killed. */
export class CrashScene {
  private worker: ReadyProgram | null = null;
  private readonly folder = createTempFolder();

  private constructor(
    private readonly seed: number,
    private readonly emulator: Awaited<ReturnType<typeof startEmulator>>,
    private readonly connection: Connection,
  ) {}

  static async open(seed: number): Promise<CrashScene> {
    const emulator = await startEmulator({ seed, config: CLOUD });
    const connection = await Connection.connect({ address: toTemporalAddress() });
    return new CrashScene(seed, emulator, connection);
  }

  async startWorker(): Promise<void> {
    this.worker = await startWorkerProcess({
      temporalAddress: toTemporalAddress(),
      emulatorUrl: this.emulator.url,
      folder: this.folder.path,
      config: WORKER_CONFIG,
    });
  }

  /** Kills the worker as soon as so many create calls have bought something. */
  async killWorkerAfter(commits: number): Promise<number> {
    const look = (): Promise<number> => countCommits(this.emulator.url);
    const seen = await waitFor(look, (count) => count >= commits);
    await this.worker?.kill();
    this.worker = null;
    return seen;
  }

  async submit(): Promise<void> {
    const batchId = this.toBatchId();
    await new Client({ connection: this.connection }).workflow.start(PROVISION_BATCH, {
      workflowId: toWorkflowId('default', batchId),
      taskQueue: MAIN_QUEUE,
      workflowExecutionTimeout: BATCH_TIMEOUT_MS,
      // How soon the server gives the dead worker's task to the next one; 10 s by default.
      workflowTaskTimeout: 3_000,
      args: [{ request: { apiVersion: 'tairfleet/v1', batchId, groups: [GROUP] } }],
    });
  }

  async finish(): Promise<CrashOutcome> {
    const batchId = this.toBatchId();
    const document = (await this.toHandle().result()) as ResultDocument;
    const store = createFolderResultStore(toResultsFolder(this.folder.path));
    const ownedIds = new Set<string>();
    const key = { tenant: 'default', batchId, generation: document.generation };
    for await (const { id } of store.streamInstances(key)) ownedIds.add(id);
    return { document, ownedIds, cloud: await readCloudAccount(this.emulator.url) };
  }

  async close(): Promise<void> {
    // A batch that a failed test leaves open would go on in the cloud of the next one.
    await this.toHandle()
      .terminate('the test is over')
      .catch(() => undefined);
    await this.worker?.kill();
    await this.connection.close();
    await this.emulator.close();
    this.folder.remove();
  }

  private toHandle(): WorkflowHandle {
    const client = new Client({ connection: this.connection });
    return client.workflow.getHandle(toWorkflowId('default', this.toBatchId()));
  }

  private toBatchId(): string {
    return `crash-${this.seed}-${process.pid}`;
  }
}

const GROUP = {
  name: 'sessions',
  count: SLOTS,
  spec: { instanceClass: 'redis.master.small.default', engineVersion: '5.0' },
  placements: [
    { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
  ],
};

function toTemporalAddress(): string {
  const address = process.env['TAIRFLEET_TEST_TEMPORAL_ADDRESS'];
  if (!address) throw new Error('run this by npm test, which starts the server');
  return address;
}
