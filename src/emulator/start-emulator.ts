import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createState } from './emulator-state';
import { createEmulatorServer } from './server';
import { parseStartSettings } from './start-settings';
import type { StartSettings } from './start-settings';

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
  /** Clock of instances, tokens and rate limits; default the wall clock. Milliseconds. */
  readonly nowMs?: () => number;
}

/** A running emulator. */
export interface RunningEmulator {
  /** The address of both the API and the control API, without a trailing slash. */
  readonly url: string;
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
    allowsRemoteControl: options.allowRemoteControl ?? false,
    reset: () => {
      emulator.state = createState(origin);
    },
  };
  const server = createEmulatorServer(emulator);
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  return { url: urlOf(server), close: () => closeServer(server) };
}

function toSettings(config: unknown): StartSettings {
  const result = parseStartSettings(config);
  if (!result.ok) throw new Error(`The config is not valid. ${result.problem}`);
  return result.settings;
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
