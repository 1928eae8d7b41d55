import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram, type ReadyProgram } from '../../src/local/ready-program';
import { runProgram } from '../../src/local/run-program';
import { ROOT } from '../support/repository';

/** How long a build may take on a busy machine, ms. */
const BUILD_TIMEOUT_MS = 120_000;

/** How long a start may take on a busy machine, ms. */
const READY_TIMEOUT_MS = 90_000;

/** What all worker processes of a scene are told. */
export interface WorkerProcessOptions {
  readonly temporalAddress: string;
  readonly cloudUrl: string;
  /** For config files, logs and the result store. */
  readonly folder: string;
  /** As the config file has it. */
  readonly config: object;
}

/** Builds `dist` unless it fits the sources: children run the product, not the tests' transform. */
export async function ensureProductBuilt(): Promise<void> {
  const script = join(ROOT, 'scripts', 'setup.mjs');
  const build = await runProgram(process.execPath, [script], { timeoutMs: BUILD_TIMEOUT_MS });
  if (!build.ok) throw new Error(`the product could not be built: ${build.stderr}`);
}

/** Where the worker processes of this folder keep their results. */
export function toResultsFolder(folder: string): string {
  return join(folder, 'results');
}

/** One worker of a scene: the same program and keys after every start. */
export class WorkerProcess {
  private program: ReadyProgram | null = null;
  private isFrozen = false;

  /** @param accessKeyId - of its own, by which the emulator's log tells the workers apart */
  constructor(
    readonly accessKeyId: string,
    private readonly options: WorkerProcessOptions,
  ) {}

  get isRunning(): boolean {
    return this.program !== null;
  }

  /** Starts it and waits until it polls. */
  async start(changes: object = {}): Promise<void> {
    const { folder, config } = this.options;
    const configFile = join(folder, `${this.accessKeyId}.yaml`);
    // JSON is YAML.
    writeFileSync(configFile, JSON.stringify({ ...config, ...changes }));
    const started = await startProgram({
      name: this.accessKeyId,
      command: process.execPath,
      args: [join(ROOT, 'dist', 'bin.js'), 'worker'],
      logFile: join(folder, `${this.accessKeyId}.log`),
      readyTimeoutMs: READY_TIMEOUT_MS,
      env: this.toEnvironment(configFile),
    });
    if (!started.ok) throw new Error(started.message);
    this.program = started.value;
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    const { program } = this;
    this.program = null;
    if (program === null) return;
    if (this.isFrozen) this.signal(program, 'SIGCONT');
    this.isFrozen = false;
    await program.kill();
  }

  /** Stops its time, as a paused machine does: it notices nothing. */
  freeze(): void {
    if (this.program === null) throw new Error(`${this.accessKeyId} does not run`);
    this.signal(this.program, 'SIGSTOP');
    this.isFrozen = true;
  }

  /** Lets it go on where it was. */
  thaw(): void {
    if (this.program !== null) this.signal(this.program, 'SIGCONT');
    this.isFrozen = false;
  }

  private signal({ pid }: ReadyProgram, signal: NodeJS.Signals): void {
    if (pid !== undefined) process.kill(pid, signal);
  }

  private toEnvironment(configFile: string): Record<string, string> {
    const { temporalAddress, cloudUrl, folder } = this.options;
    const inherited = Object.keys(process.env).filter((name) =>
      /^(TAIRFLEET|TEMPORAL)_/.test(name),
    );
    return {
      // An empty variable counts as not set.
      ...Object.fromEntries(inherited.map((name) => [name, ''])),
      TEMPORAL_ADDRESS: temporalAddress,
      TAIRFLEET_READY_LINE: '1',
      TAIRFLEET_CONFIG: configFile,
      TAIRFLEET_CLOUD_ENDPOINT: cloudUrl,
      TAIRFLEET_RESULTS_FOLDER: toResultsFolder(folder),
      ALIBABA_CLOUD_ACCESS_KEY_ID: this.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
    };
  }
}
