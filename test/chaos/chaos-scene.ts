import { Client, Connection, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { MAIN_QUEUE, PROGRESS_QUERY, PROVISION_BATCH, UPDATES } from '../../src/contract/names';
import { toWorkflowId } from '../../src/contract/workflow-id';
import type { ResultDocument } from '../../src/domain/result';
import { startEmulator, type RunningEmulator } from '../../src/emulator/main';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { createTempFolder, type TempFolder } from '../support/temp-folder';
import { createTestRequest } from '../support/test-request';
import { waitFor } from '../support/wait-for';
import { countLive, readCloudAccount, readCreateCalls, type CreateCall } from './cloud-account';
import { CLOUD, createWorkerConfig, type WorkerChanges } from './scene-settings';
import { TcpProxy } from './tcp-proxy';
import { TemporalProcess } from './temporal-process';
import type { ChaosOutcome } from './verdict';
import { toResultsFolder, WorkerProcess } from './worker-process';

/** Longest life of a batch on a busy machine, ms. */
const BATCH_TIMEOUT_MS = 240_000;

/** Longest way from one step of a test to the next on a busy machine, ms. */
const STEP_TIMEOUT_MS = 90_000;

/** Longest wait for the end after the last fault, ms: below the time limit of a test. */
const END_TIMEOUT_MS = 120_000;

/** Longest wait for the answer of a server that may be down, ms. */
const CALL_DEADLINE_MS = 5_000;

const BATCH_ID = 'chaos';

/** What differs from scene to scene. */
export interface SceneOptions {
  readonly slots: number;
  /** Of the emulator's own chance. */
  readonly seed?: number;
  /** Parts of the emulator's config, and `faults`. */
  readonly cloud?: object;
  /** What differs in the workers' config. */
  readonly worker?: WorkerChanges;
}

interface SceneParts {
  readonly folder: TempFolder;
  readonly emulator: RunningEmulator;
  readonly cloudNetwork: TcpProxy;
  readonly temporal: TemporalProcess;
  readonly temporalNetwork: TcpProxy;
  readonly connection: Connection;
}

/**
 * One batch and everything it needs, all of its own and all of it breakable: cloud, Temporal server
 * and workers, and the networks between them. No scene knows of another one.
 */
export class ChaosScene {
  readonly workers: readonly [WorkerProcess, WorkerProcess];

  private constructor(
    private readonly options: SceneOptions,
    private readonly parts: SceneParts,
  ) {
    const { folder, cloudNetwork, temporalNetwork } = parts;
    const common = {
      folder: folder.path,
      cloudUrl: `http://${cloudNetwork.address}`,
      temporalAddress: temporalNetwork.address,
      config: createWorkerConfig(options.worker),
    };
    this.workers = [new WorkerProcess('worker-0', common), new WorkerProcess('worker-1', common)];
  }

  /** Runs a scene and ends everything in it, however far it has come. */
  static async run<T>(options: SceneOptions, play: (scene: ChaosScene) => Promise<T>): Promise<T> {
    const scene = await ChaosScene.open(options);
    try {
      return await play(scene);
    } finally {
      await scene.close();
    }
  }

  private static async open(options: SceneOptions): Promise<ChaosScene> {
    const folder = createTempFolder();
    const temporal = await TemporalProcess.start(folder.path);
    const { seed = 1, cloud = {} } = options;
    const emulator = await startEmulator({ seed, config: { ...CLOUD, ...cloud } });
    return new ChaosScene(options, {
      folder,
      emulator,
      cloudNetwork: await TcpProxy.open(Number(new URL(emulator.url).port)),
      temporal,
      temporalNetwork: await TcpProxy.open(temporal.port),
      connection: await Connection.connect({ address: temporal.address }),
    });
  }

  get temporal(): TemporalProcess {
    return this.parts.temporal;
  }

  /** Between the workers and the cloud. */
  get cloudNetwork(): TcpProxy {
    return this.parts.cloudNetwork;
  }

  /** Between the workers and Temporal. */
  get temporalNetwork(): TcpProxy {
    return this.parts.temporalNetwork;
  }

  /** The emulator itself, which no fault of a network keeps a test from asking. */
  get cloudUrl(): string {
    return this.parts.emulator.url;
  }

  async submit(group: object = {}): Promise<void> {
    const { groups } = createTestRequest(this.options.slots, group);
    await new Client({ connection: this.parts.connection }).workflow.start(PROVISION_BATCH, {
      workflowId: toWorkflowId('default', BATCH_ID),
      taskQueue: MAIN_QUEUE,
      workflowExecutionTimeout: BATCH_TIMEOUT_MS,
      // How soon the server gives the dead worker's task to the next one; 10 s by default.
      workflowTaskTimeout: 3_000,
      args: [{ request: { apiVersion: 'tairfleet/v1', batchId: BATCH_ID, groups } }],
    });
  }

  /** Starts workers; again those that were killed. */
  async startWorkers(numbers: readonly (0 | 1)[], changes: object = {}): Promise<void> {
    await Promise.all(numbers.map((number) => this.workers[number].start(changes)));
  }

  /** Has the batch cancelled as an operator would, unless it is over before. */
  async cancelWhenLive(count: number): Promise<void> {
    const isThere = async () => (await countLive(this.cloudUrl)) >= count;
    await waitFor(
      async () => (await isThere()) || this.isOver(),
      (is) => is,
      BATCH_TIMEOUT_MS,
    );
    const cancel = async () =>
      (await this.isOver()) ||
      this.ask(() => this.toHandle().executeUpdate(UPDATES.cancel, { args: [{}] })).then(
        () => true,
        () => false,
      );
    await waitFor(cancel, (isDone) => isDone, BATCH_TIMEOUT_MS);
  }

  /** Waits until so many instances exist. */
  untilLive(count: number): Promise<number> {
    return waitFor(
      () => countLive(this.cloudUrl),
      (live) => live >= count,
      STEP_TIMEOUT_MS,
    );
  }

  /** Waits until the create calls are as a test wants them. */
  untilCreateCalls(
    isReached: (calls: readonly CreateCall[]) => boolean,
  ): Promise<readonly CreateCall[]> {
    return waitFor(() => readCreateCalls(this.cloudUrl), isReached, STEP_TIMEOUT_MS);
  }

  /** Whether the batch has come to its end; false as well when the server cannot say. */
  async isOver(): Promise<boolean> {
    const describe = async () => (await this.toHandle().describe()).status.name !== 'RUNNING';
    return this.ask(describe).catch(() => false);
  }

  /** Waits for the end of the batch, over all that may happen to the server. */
  async finish(): Promise<ChaosOutcome> {
    const document = await this.untilResult();
    const store = createFolderResultStore(toResultsFolder(this.parts.folder.path));
    const ownedIds = new Set<string>();
    const key = { tenant: 'default', batchId: BATCH_ID, generation: document.generation };
    for await (const { id } of store.streamInstances(key)) ownedIds.add(id);
    const cloud = await readCloudAccount(this.cloudUrl);
    return { asked: this.options.slots, document, ownedIds, cloud };
  }

  private async close(): Promise<void> {
    const { connection, cloudNetwork, temporalNetwork, temporal, emulator, folder } = this.parts;
    await Promise.all(this.workers.map((worker) => worker.kill()));
    await connection.close();
    await Promise.all([cloudNetwork.close(), temporalNetwork.close()]);
    await temporal.kill();
    await emulator.close();
    folder.remove();
  }

  private async untilResult(): Promise<ResultDocument> {
    const seen = await waitFor(
      async () => (await this.askForResult()) ?? (await this.askForProgress()),
      (last) => 'document' in last,
      END_TIMEOUT_MS,
    );
    if ('document' in seen) return seen.document;
    throw new Error('the batch has no result');
  }

  /** Told when the end does not come. */
  private async askForProgress(): Promise<{ readonly progress: unknown }> {
    const progress = await this.ask(() => this.toHandle().query(PROGRESS_QUERY)).catch(String);
    return { progress };
  }

  private async askForResult(): Promise<{ readonly document: ResultDocument } | null> {
    try {
      const document = await this.ask(() => this.toHandle().result() as Promise<ResultDocument>);
      return { document };
    } catch (error) {
      if (error instanceof WorkflowFailedError) throw error;
      return null;
    }
  }

  /** A server that is down does not answer; one that is up does at once. */
  private ask<T>(question: () => Promise<T>): Promise<T> {
    return this.parts.connection.withDeadline(Date.now() + CALL_DEADLINE_MS, question);
  }

  private toHandle(): WorkflowHandle {
    const client = new Client({ connection: this.parts.connection });
    return client.workflow.getHandle(toWorkflowId('default', BATCH_ID));
  }
}
