import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes';
import { findFreePort, isPortFree } from '../../local/free-port';
import { createSuccess } from '../../local/local-result';
import type { LocalResult } from '../../local/local-result';
import { startProgram } from '../../local/ready-program';
import type { ReadyProgram } from '../../local/ready-program';
import { findTemporal } from '../../local/temporal-binary';
import { startTemporalServer } from '../../local/temporal-server';
import type { CliContext } from '../cli-context';

/** A Temporal server that was started, or that somebody named. */
export interface StackTemporal {
  readonly address: string;
  /** Undefined for a server that was there before. */
  readonly pid: number | undefined;
  readonly uiUrl: string | undefined;
  /** One sentence: where it comes from. */
  readonly description: string;
  readonly stop: () => Promise<void>;
}

/** The emulator as a child. */
export interface StackEmulator extends ReadyProgram {
  /** Address of its API and control API. */
  readonly url: string;
}

/** Ports that people expect; others are taken when these are not free. */
const TEMPORAL_PORT = 7233;
const TEMPORAL_UI_PORT = 8233;

/**
 * Takes the Temporal server that TEMPORAL_ADDRESS names, or starts one.
 *
 * @param context - environment, where to report a download
 * @param folder - where its database and log go
 */
export async function startStackTemporal(
  context: CliContext,
  folder: string,
): Promise<LocalResult<StackTemporal>> {
  const found = await findTemporal({
    env: { ...context.env },
    onDownload: (sentence) => context.io.writeError(`${sentence}\n`),
  });
  if (!found.ok) return found;
  const { value } = found;
  const { description } = value;
  if (value.kind === 'address') {
    const { address } = value;
    const stop = (): Promise<void> => Promise.resolve();
    return createSuccess({ address, pid: undefined, uiUrl: undefined, description, stop });
  }
  const server = await startTemporalServer({
    binaryPath: value.path,
    dbFile: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
    searchAttributes: SEARCH_ATTRIBUTES,
    port: await pickPort(TEMPORAL_PORT),
    uiPort: await pickPort(TEMPORAL_UI_PORT),
    isOwnGroup: true,
  });
  if (!server.ok) return server;
  const { address, pid, uiUrl, stop } = server.value;
  return createSuccess({ address, pid, uiUrl, description, stop });
}

/**
 * Starts the emulator as a child.
 *
 * @param context - our own program
 * @param folder - where its log goes
 * @param seed - seed of its ids, lives and faults
 */
export async function startStackEmulator(
  context: CliContext,
  folder: string,
  seed: number,
): Promise<LocalResult<StackEmulator>> {
  const started = await startProgram({
    name: 'emulator',
    command: process.execPath,
    args: [context.programPath, 'emulator', '--port', '0', '--seed', `${seed}`],
    logFile: join(folder, 'emulator.log'),
    isOwnGroup: true,
  });
  if (!started.ok) return started;
  return createSuccess({ ...started.value, url: String(started.value.ready['url']) });
}

/** What a worker of the stack is started with. */
export interface StackWorkerOptions {
  readonly folder: string;
  readonly address: string;
  readonly emulatorUrl: string;
  readonly resultsFolder: string;
  /** More settings, as environment variables. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts a worker as a child. It gets the emulator's test key and nothing of ours, so that it can
 * reach no real account whatever the environment holds.
 *
 * @param context - our own program
 * @param options - addresses and folders
 */
export function startStackWorker(
  context: CliContext,
  options: StackWorkerOptions,
): Promise<LocalResult<ReadyProgram>> {
  return startProgram({
    name: 'worker',
    command: process.execPath,
    args: [context.programPath, 'worker'],
    logFile: join(options.folder, 'worker.log'),
    isOwnGroup: true,
    env: {
      TEMPORAL_ADDRESS: options.address,
      TAIRFLEET_READY_LINE: '1',
      TAIRFLEET_CLOUD_ENDPOINT: options.emulatorUrl,
      TAIRFLEET_RESULTS_FOLDER: options.resultsFolder,
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
      ...options.settings,
    },
  });
}

async function pickPort(wanted: number): Promise<number> {
  return (await isPortFree(wanted)) ? wanted : findFreePort();
}
