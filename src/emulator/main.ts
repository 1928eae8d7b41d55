import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { startEmulator } from './start-emulator';
import type { RunningEmulator } from './start-emulator';
import { toTlsOptions, writeCaFile } from './tls-files';
import type { CaFile, TlsFlags } from './tls-files';

export { startEmulator } from './start-emulator';
export type { EmulatorOptions, RunningEmulator } from './start-emulator';

/** What the command line says about a start. */
export interface EmulatorFlags extends TlsFlags {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  /** File with settings, accounts and faults. */
  readonly config?: string;
  readonly allowRemoteControl?: boolean;
}

/**
 * Runs the emulator as a program until SIGTERM or SIGINT.
 *
 * Prints one line on stdout when it is ready: `{"url":…,"pid":…}`, with TLS also `tlsUrl` and, for
 * a certificate of its own, `caFile`.
 *
 * @param flags - as the command line gave them
 * @returns the exit code: 0 after a signal, 1 when it could not start
 */
export async function runEmulator(flags: EmulatorFlags): Promise<number> {
  const stopped = untilSignal();
  try {
    const config = flags.config === undefined ? undefined : readConfigFile(flags.config);
    const tls = toTlsOptions(flags);
    const emulator = await startEmulator({
      ...{ host: flags.host, port: flags.port, seed: flags.seed, config },
      ...{ allowRemoteControl: flags.allowRemoteControl ?? false },
      ...(tls === undefined ? {} : { tls }),
    });
    await serveUntil(stopped, emulator, flags.tlsCaFile);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The emulator could not start. ${reason}\n`);
    return 1;
  }
}

async function serveUntil(
  stopped: Promise<void>,
  emulator: RunningEmulator,
  caPath: string | undefined,
): Promise<void> {
  let caFile: CaFile | undefined;
  try {
    const { url, tlsUrl, caCertificate } = emulator;
    if (caCertificate !== undefined) caFile = writeCaFile(caCertificate, caPath);
    // JSON leaves out what is undefined: without TLS the line is as short as it can be.
    const ready = { url, tlsUrl, caFile: caFile?.path, pid: process.pid };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    await stopped;
  } finally {
    caFile?.remove();
    await emulator.close();
  }
}

/** JSON is a part of YAML, so one reader does for both. An empty file changes nothing. */
function readConfigFile(path: string): unknown {
  return parse(readFileSync(path, 'utf8')) ?? undefined;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => {
      resolve();
    });
    process.once('SIGINT', () => {
      resolve();
    });
  });
}
