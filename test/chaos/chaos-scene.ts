import { Connection } from '@temporalio/client';
import { startEmulator, type RunningEmulator } from '../../src/emulator/main';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { createTempFolder, type TempFolder } from '../support/temp-folder';
import { waitFor } from '../support/wait-for';
import { BATCH_KEY, ChaosBatch } from './chaos-batch';
import { countLive, readCloudAccount, readCreateCalls, type CreateCall } from './cloud-account';
import { CLOUD, createWorkerConfig, type WorkerChanges } from './scene-settings';
import { TcpProxy } from './tcp-proxy';
import { TemporalProcess } from './temporal-process';
import type { ChaosOutcome } from './verdict';
import { toResultsFolder, WorkerProcess } from './worker-process';

/** Longest way from one step of a test to the next on a busy machine, ms. */
const STEP_TIMEOUT_MS = 90_000;

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
  readonly batch: ChaosBatch;

  private constructor(
    private readonly options: SceneOptions,
    private readonly parts: SceneParts,
  ) {
    const { folder, cloudNetwork, temporalNetwork, connection } = parts;
    this.batch = new ChaosBatch(connection);
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

  /** Orders what the scene is about. */
  submit(group: object = {}): Promise<void> {
    return this.batch.submit(this.options.slots, group);
  }

  /** Starts workers; again those that were killed. */
  async startWorkers(numbers: readonly (0 | 1)[], changes: object = {}): Promise<void> {
    await Promise.all(numbers.map((number) => this.workers[number].start(changes)));
  }

  /** Has the batch cancelled, unless it is over before. */
  async cancelWhenLive(count: number): Promise<void> {
    await waitFor(
      async () => (await countLive(this.cloudUrl)) >= count || this.batch.isOver(),
      (isTime) => isTime,
      STEP_TIMEOUT_MS,
    );
    await this.batch.cancel();
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

  /** Waits for the end of the batch, over all that may happen to the server. */
  async finish(): Promise<ChaosOutcome> {
    const document = await this.batch.untilResult();
    const store = createFolderResultStore(toResultsFolder(this.parts.folder.path));
    const ownedIds = new Set<string>();
    const key = { ...BATCH_KEY, generation: document.generation };
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
}
