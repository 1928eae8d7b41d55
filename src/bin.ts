import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCliIo } from './cli/cli-io';
import type { CliContext, OpenedService, ServicePlace } from './cli/cli-context';
import { EXIT, toFailureExitCode } from './cli/exit-code';
import { runCli } from './cli/run-cli';
import { findRunningStack } from './cli/stack/running-stack';
import type { Config } from './config/config';
import type { ConfigOrigin } from './config/load-config';
import type { TemporalConnection } from './config/temporal-connection';

/**
 * The composition root of the command line: wires the commands to Temporal, the result store, the
 * worker and the emulator. What only some commands need is loaded when they need it, so that
 * `tairfleet version` and a typing error answer at once.
 */
const PACKAGE_ROOT = join(__dirname, '..');

function createContext(): CliContext {
  const catchInterrupt = createInterruptCatcher();
  return {
    io: createCliIo({
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
    }),
    version: readVersion(),
    env: process.env,
    cwd: process.cwd(),
    packageRoot: PACKAGE_ROOT,
    programPath: __filename,
    openService: (place) => openService(place).catch(toConfigFailure),
    openApi: async (place) =>
      (await import('./remote/remote-batches.js')).createRemoteBatches(place),
    runWorker: () => runProgram(startWorker),
    runServer: () => runProgram((settings) => startServer(settings, catchInterrupt())),
    runEmulator: async (flags) => (await import('./emulator/main.js')).runEmulator(flags),
    catchInterrupt,
  };
}

async function openService(place?: ServicePlace): Promise<OpenedService> {
  const { connectService } = await import('./service/connect-service.js');
  const { createFolderResultStore } = await import('./outbound/folder-result-store.js');
  const { loadTemporalConnection } = await import('./config/temporal-connection.js');
  const local =
    place ?? (process.env.TEMPORAL_ADDRESS ? undefined : findRunningStack(process.cwd()));
  const folder = local === undefined ? await loadResultsFolder() : local.resultsFolder;
  if (typeof folder !== 'string') return folder;
  const { connectionOptions, namespace } =
    local?.isOwnServer === true ? toOwnServer(local) : loadTemporalConnection(process.env);
  return connectService({
    connection: connectionOptions,
    namespace,
    resultStore: createFolderResultStore(folder),
    resultsLocation: resolve(folder),
  });
}

/** Only reading the settings throws here; what can happen to a connection is a value. */
function toConfigFailure(error: unknown): OpenedService {
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, code: 'invalid-config', message };
}

/** Keys and namespace of the environment are for another server. */
function toOwnServer({ address }: ServicePlace): TemporalConnection {
  return { connectionOptions: { address }, namespace: 'default' };
}

async function loadResultsFolder(): Promise<string | (OpenedService & { readonly ok: false })> {
  const { loadConfig } = await import('./config/load-config.js');
  const loaded = loadConfig({ env: process.env });
  if (loaded.ok) return loaded.config.results.folder;
  const message = 'The configuration is not valid.';
  return { ok: false, code: 'invalid-config', message, lines: loaded.problems };
}

/** What a program of ours is started with. */
interface ProgramSettings {
  readonly config: Config;
  readonly origin: ConfigOrigin;
  readonly temporal: TemporalConnection;
}

async function runProgram(start: (settings: ProgramSettings) => Promise<void>): Promise<number> {
  const { loadConfig } = await import('./config/load-config.js');
  const { StartError } = await import('./observability/start-error.js');
  const loaded = loadConfig({ env: process.env });
  if (!loaded.ok) {
    process.stderr.write(`${loaded.problems.join('\n')}\nerror: The configuration is not valid.\n`);
    return EXIT.invalidConfig;
  }
  try {
    const temporal = await loadTemporal();
    await start({ config: loaded.config, origin: loaded.origin, temporal });
    return EXIT.done;
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof StartError ? toFailureExitCode(error.code) : EXIT.failure;
  }
}

async function loadTemporal(): Promise<TemporalConnection> {
  const { loadTemporalConnection } = await import('./config/temporal-connection.js');
  const { StartError } = await import('./observability/start-error.js');
  try {
    return loadTemporalConnection(process.env);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StartError('invalid-config', message, { cause: error });
  }
}

async function startWorker({ config, origin, temporal }: ProgramSettings): Promise<void> {
  const worker = await import('./worker.js');
  await worker.runWorker(config, temporal, { origin, onReady: () => sayReady({}) });
}

async function startServer(
  { config, origin, temporal }: ProgramSettings,
  signal: AbortSignal,
): Promise<void> {
  const server = await import('./server.js');
  await server.runServer(config, temporal, {
    ...{ signal, origin, version: readVersion() },
    onReady: (url) => sayReady({ url }),
  });
}

/** A program that started us waits for one line of JSON; a person reads the log on stderr. */
function sayReady(place: { readonly url?: string }): void {
  if (process.env.TAIRFLEET_READY_LINE !== '1') return;
  process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, ...place })}\n`);
}

/** The first signal asks, the second one insists. */
function createInterruptCatcher(): () => AbortSignal {
  let controller: AbortController | undefined;
  return () => {
    if (controller !== undefined) return controller.signal;
    const asked = new AbortController();
    controller = asked;
    const onSignal = (): void => {
      if (asked.signal.aborted) process.exit(EXIT.interrupted);
      asked.abort();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return asked.signal;
  };
}

function readVersion(): string {
  const manifest = readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** A reader that has seen enough (`… | head`) is no failure. */
function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.done);
      throw error;
    });
  }
}

tolerateClosedPipes();
void runCli(process.argv.slice(2), createContext()).then((exitCode) => {
  process.exitCode = exitCode;
});
