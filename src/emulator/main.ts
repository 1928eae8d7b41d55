import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { startEmulator } from './start-emulator';
import type { RunningEmulator } from './start-emulator';
import { toTlsOptions, writeCaFile } from './tls-files';
import type { CaFile, TlsFlags } from './tls-files';

export { startEmulator } from './start-emulator';
export type { EmulatorOptions, RunningEmulator } from './start-emulator';

const PORT_MAX = 65_535;

interface CommandOptions extends TlsFlags {
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly config?: string;
  readonly allowRemoteControl?: boolean;
}

/**
 * Runs the emulator as a program until SIGTERM or SIGINT.
 *
 * Prints one line on stdout when it is ready: `{"url":…,"pid":…}`, with TLS also `tlsUrl` and, for
 * a certificate of its own, `caFile`.
 *
 * @param args - the arguments after `tairfleet emulator`
 * @returns the exit code: 0 after a signal, 1 when it could not start
 */
export async function runEmulator(args: readonly string[]): Promise<number> {
  const command = createCommand().parse([...args], { from: 'user' });
  const options = command.opts<CommandOptions>();
  const stopped = untilSignal();
  try {
    const config = options.config === undefined ? undefined : readConfigFile(options.config);
    const tls = toTlsOptions(options);
    const emulator = await startEmulator({
      ...{ host: options.host, port: options.port, seed: options.seed, config },
      ...{ allowRemoteControl: options.allowRemoteControl ?? false },
      ...(tls === undefined ? {} : { tls }),
    });
    await serveUntil(stopped, emulator, options.tlsCaFile);
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

function createCommand(): Command {
  return new Command('tairfleet emulator')
    .description('A stand-in for the Tair/Redis API of Alibaba Cloud, with a control API.')
    .option('--port <port>', 'port to listen on; 0 takes a free one', toPort, 0)
    .option('--host <host>', 'address to bind', '127.0.0.1')
    .option('--seed <integer>', 'seed of ids, readiness and faults', toInteger, 1)
    .option('--config <file>', 'settings, accounts and faults as JSON or YAML')
    .option('--allow-remote-control', 'let other machines use the control API')
    .option('--tls', 'serve HTTPS as well, with a certificate made at the start')
    .option('--tls-port <port>', 'port of HTTPS; 0 takes a free one', toPort, 0)
    .option('--tls-name <names...>', 'more names and addresses the certificate is for')
    .option('--tls-ca-file <file>', 'where to write the certificate that clients must trust')
    .option('--tls-cert <file>', 'a certificate of your own, PEM; implies --tls')
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--json', 'accepted for likeness: the ready line is JSON anyway');
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

function toPort(text: string): number {
  const port = toInteger(text);
  if (port < 0 || port > PORT_MAX) throw new InvalidArgumentError('It must be 0 to 65535.');
  return port;
}

function toInteger(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError('It must be an integer.');
  return Number(text);
}
