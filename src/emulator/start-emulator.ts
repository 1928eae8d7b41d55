import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { createState } from './emulator-state';
import { createEmulatorServer } from './server';
import { parseStartSettings } from './start-settings';
import type { StartSettings } from './start-settings';
import { issueTlsIdentity } from './tls-certificate';
import type { IssuedIdentity } from './tls-certificate';
import type { TlsIdentity } from './tls-identity';

/** How to start an emulator; all members are optional. */
export interface EmulatorOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Integer, default 1. The same seed and the same calls give the same ids, lives and faults. */
  readonly seed?: number;
  /** Any part of the config, and besides it `accounts` and `faults`; checked like a PUT. */
  readonly config?: unknown;
  /** Default false: the control API answers callers on this machine only. */
  readonly allowRemoteControl?: boolean;
  /** When given, the emulator serves HTTPS besides HTTP. */
  readonly tls?: TlsOptions;
  /** Clock of instances, tokens and rate limits; default the wall clock. Milliseconds. */
  readonly nowMs?: () => number;
}

/** How to serve HTTPS. */
export interface TlsOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default: one is made at the start, with an authority of its own. */
  readonly identity?: TlsIdentity;
  /** Names and addresses, besides those of this machine, that a certificate made here is for. */
  readonly names?: readonly string[];
}

/** A running emulator. */
export interface RunningEmulator {
  /** The address of both the API and the control API, without a trailing slash. */
  readonly url: string;
  /** The same over HTTPS; undefined without TLS. */
  readonly tlsUrl: string | undefined;
  /** PEM of the authority to trust; undefined unless the certificate was made here. */
  readonly caCertificate: string | undefined;
  /** Cuts all connections and stops listening. */
  close(): Promise<void>;
}

/** Starts an emulator in this process. Rejects when the config is wrong or the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const origin = {
    ...toSettings(options.config),
    seed: options.seed ?? 1,
    nowMs: options.nowMs ?? Date.now,
  };
  const emulator = {
    state: createState(origin),
    originConfig: origin.config,
    allowsRemoteControl: options.allowRemoteControl ?? false,
    reset: () => {
      emulator.state = createState(origin);
    },
  };
  const address = options.host ?? '127.0.0.1';
  const plain = createEmulatorServer(emulator);
  await listen(plain, options.port ?? 0, address);
  if (options.tls === undefined) return toRunning([plain]);
  try {
    const given = options.tls.identity;
    const issued = given === undefined ? await issueIdentity(options.tls, address) : undefined;
    const secure = createEmulatorServer(emulator, given ?? issued);
    await listen(secure, options.tls.port ?? 0, address);
    return toRunning([plain, secure], issued);
  } catch (error) {
    await closeServer(plain);
    throw error;
  }
}

function toRunning(
  [plain, secure]: readonly [Server, Server?],
  issued?: IssuedIdentity,
): RunningEmulator {
  return {
    url: urlOf(plain, 'http'),
    tlsUrl: secure === undefined ? undefined : urlOf(secure, 'https'),
    caCertificate: issued?.caCertificate,
    close: async () => {
      await closeServer(plain);
      if (secure !== undefined) await closeServer(secure);
    },
  };
}

function issueIdentity({ names = [] }: TlsOptions, address: string): Promise<IssuedIdentity> {
  const known = ['localhost', '127.0.0.1', '::1', hostname(), address, ...names];
  return issueTlsIdentity([...new Set(known)], Date.now());
}

async function listen(server: Server, port: number, address: string): Promise<void> {
  server.listen(port, address);
  await once(server, 'listening');
}

function toSettings(config: unknown): StartSettings {
  const result = parseStartSettings(config);
  if (!result.ok) throw new Error(`The config is not valid. ${result.problem}`);
  return result.settings;
}

function urlOf(server: Server, scheme: 'http' | 'https'): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
