import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnChild } from './child-process';
import type { LocalChild } from './child-process';
import { findFreePort, isPortFree } from './free-port';
import { createFailure, createSuccess } from './local-result';
import type { LocalFailure, LocalResult } from './local-result';
import { runProgram } from './run-program';

const LOOPBACK = '127.0.0.1';
const HEALTH_INTERVAL_MS = 100;
const HEALTH_TIMEOUT_MS = 5_000;
const LOG_TAIL_LINES = 5;

/**
 * A write-ahead log makes the file as fast as memory. The three poll rates default to 20 a second
 * per history shard, which makes every hop of a task wait up to 50 ms (measured, server 1.32.0).
 */
const SPEED_ARGS = [
  ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=1'],
  ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=1000'],
  ...['--dynamic-config-value', 'history.timerProcessorMaxPollRPS=1000'],
  ...['--dynamic-config-value', 'history.visibilityProcessorMaxPollRPS=1000'],
];

/** What the server is started with. */
export interface TemporalServerOptions {
  /** Path of the Temporal CLI, as `findTemporal` gives it. */
  readonly binaryPath: string;
  /** Where the server keeps everything; an existing file is gone on with. */
  readonly dbFile: string;
  readonly logFile: string;
  /** Registered at start; a worker that sets an unknown one gets its tasks refused. */
  readonly searchAttributes: readonly { readonly name: string; readonly type: string }[];
  /** 1 to 65535; a free one when left out. */
  readonly port?: number;
  /** Port of the web UI; no UI when left out. */
  readonly uiPort?: number;
  /** How long it may take to be ready, in milliseconds. Default 30,000. */
  readonly readyTimeoutMs?: number;
  /** See `SpawnChildOptions.isOwnGroup`. */
  readonly isOwnGroup?: boolean;
}

/** A running local server. */
export interface TemporalServer {
  /** host:port of the gRPC endpoint. */
  readonly address: string;
  readonly pid: number | undefined;
  /** Address of the web UI, when it has one. */
  readonly uiUrl: string | undefined;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: LocalChild['exited'];
  /** Ends it in order (SIGTERM, 10 s, SIGKILL). Its file can be used again afterwards. */
  stop(): Promise<void>;
}

/**
 * Starts a local Temporal server on the loopback address and waits until it answers.
 *
 * @param options - program, files, ports, search attributes
 * @returns the running server; `port-in-use`; or `temporal-not-ready`, and then it has been ended
 */
export async function startTemporalServer(
  options: TemporalServerOptions,
): Promise<LocalResult<TemporalServer>> {
  for (const port of [options.port, options.uiPort]) {
    if (port !== undefined && !(await isPortFree(port))) return createPortFailure(port);
  }
  const port = options.port ?? (await findFreePort());
  mkdirSync(dirname(options.dbFile), { recursive: true });
  const child = spawnChild({
    command: options.binaryPath,
    args: toServerArgs(options, port),
    logFile: options.logFile,
    ...(options.isOwnGroup === undefined ? {} : { isOwnGroup: options.isOwnGroup }),
  });
  const address = `${LOOPBACK}:${port}`;
  const why = await waitUntilHealthy(child, address, options);
  if (why !== undefined) {
    await child.kill();
    return createNotReady(why, options);
  }
  return createSuccess({
    address,
    pid: child.pid,
    uiUrl: options.uiPort === undefined ? undefined : `http://${LOOPBACK}:${options.uiPort}`,
    exited: child.exited,
    stop: async () => void (await child.stop()),
  });
}

/**
 * The arguments of `temporal` that start the server.
 *
 * @param options - as for `startTemporalServer`
 * @param port - the gRPC port
 */
export function toServerArgs(options: TemporalServerOptions, port: number): string[] {
  const ui = options.uiPort === undefined ? ['--headless'] : ['--ui-port', `${options.uiPort}`];
  return [
    ...['server', 'start-dev', '--ip', LOOPBACK, '--port', `${port}`, ...ui],
    ...['--db-filename', options.dbFile, '--log-level', 'error', ...SPEED_ARGS],
    ...options.searchAttributes.flatMap(({ name, type }) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
  ];
}

/** Resolves with the reason when it did not become healthy. */
async function waitUntilHealthy(
  child: LocalChild,
  address: string,
  options: TemporalServerOptions,
): Promise<string | undefined> {
  const timeoutMs = options.readyTimeoutMs ?? 30_000;
  const endAt = performance.now() + timeoutMs;
  const args = ['operator', 'cluster', 'health', '--address', address];
  let hasExited = false;
  void child.exited.then(() => (hasExited = true));
  while (performance.now() < endAt) {
    const limits = { timeoutMs: HEALTH_TIMEOUT_MS, env: toPlainEnv(process.env) };
    const health = await runProgram(options.binaryPath, args, limits);
    if (hasExited) return 'ended before it was ready';
    if (health.ok) return undefined;
    await sleep(HEALTH_INTERVAL_MS);
  }
  return `did not answer within ${timeoutMs} ms`;
}

/** Somebody's TLS or API key settings are for another server, and would break the health check. */
function toPlainEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isPlain = ([name]: [string, unknown]): boolean => !name.startsWith('TEMPORAL_');
  return Object.fromEntries(Object.entries(env).filter(isPlain));
}

function createPortFailure(port: number): LocalFailure {
  return createFailure(
    'port-in-use',
    `Port ${port} on ${LOOPBACK} is in use, so no Temporal server can be started there. ` +
      'End the program that listens on it, or choose another port.',
  );
}

async function createNotReady(why: string, options: TemporalServerOptions): Promise<LocalFailure> {
  const log = await readFile(options.logFile, 'utf8').catch(() => '');
  const tail = log.trim().split('\n').slice(-LOG_TAIL_LINES).join('\n');
  return createFailure(
    'temporal-not-ready',
    `The Temporal server (${options.binaryPath}) ${why}. If another one still uses ` +
      `${options.dbFile}, end that first. The end of ${options.logFile}:\n${tail}`,
  );
}
