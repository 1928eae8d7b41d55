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
  /** False for a server that was there before. */
  readonly isOwnServer: boolean;
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
    return createSuccess({
      address,
      isOwnServer: false,
      pid: undefined,
      uiUrl: undefined,
      description,
      stop: () => Promise.resolve(),
    });
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
  return createSuccess({ address, isOwnServer: true, pid, uiUrl, description, stop });
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

async function pickPort(wanted: number): Promise<number> {
  return (await isPortFree(wanted)) ? wanted : findFreePort();
}
