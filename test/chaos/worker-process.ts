import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram, type ReadyProgram } from '../../src/local/ready-program';
import { runProgram } from '../../src/local/run-program';
import { ROOT } from '../support/repository';

/** How long a build may take on a busy machine, ms. */
const BUILD_TIMEOUT_MS = 120_000;

/** What a worker process is told. */
export interface WorkerProcessOptions {
  readonly temporalAddress: string;
  readonly emulatorUrl: string;
  /** For its config file, its log and the result store. */
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

/** Where a worker process of this folder keeps its results. */
export function toResultsFolder(folder: string): string {
  return join(folder, 'results');
}

/** Starts `tairfleet worker` as a process of its own and waits until it polls. */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<ReadyProgram> {
  const configFile = join(options.folder, 'config.yaml');
  // JSON is YAML.
  writeFileSync(configFile, JSON.stringify(options.config));
  const started = await startProgram({
    name: 'worker',
    command: process.execPath,
    args: [join(ROOT, 'dist', 'bin.js'), 'worker'],
    logFile: join(options.folder, 'worker.log'),
    env: {
      TEMPORAL_ADDRESS: options.temporalAddress,
      TAIRFLEET_READY_LINE: '1',
      TAIRFLEET_CONFIG: configFile,
      TAIRFLEET_CLOUD_ENDPOINT: options.emulatorUrl,
      TAIRFLEET_RESULTS_FOLDER: toResultsFolder(options.folder),
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
    },
  });
  if (!started.ok) throw new Error(started.message);
  return started.value;
}
