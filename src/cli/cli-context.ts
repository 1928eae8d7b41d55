import type { EmulatorFlags } from '../emulator/main';
import type { ConnectedService } from '../service/connect-service';
import type { ApiPlace } from '../remote/api-connection';
import type { RemoteBatches } from '../remote/remote-batches';
import type { CliFailure } from './command-report';
import type { CliIo } from './cli-io';

/** A connected service, or why there is none. */
export type OpenedService =
  { readonly ok: true; readonly value: ConnectedService } | ({ readonly ok: false } & CliFailure);

/** Where a service is opened, when it is not where the environment says. */
export interface ServicePlace {
  readonly address: string;
  /** Whether we started the server: then it has no keys, and one namespace. */
  readonly isOwnServer: boolean;
  readonly resultsFolder: string;
}

/** Everything a command gets from outside; the root fills it in, tests give their own. */
export interface CliContext {
  readonly io: CliIo;
  readonly version: string;
  /** The environment, for the commands that start other programs. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder in which local state lives, as `.tairfleet` in it. */
  readonly cwd: string;
  /** Folder of the package, with its examples. */
  readonly packageRoot: string;
  /** Our own program, to be started again as emulator or worker. */
  readonly programPath: string;
  /** Connects to Temporal, by default as the environment and the config file say. */
  readonly openService: (place?: ServicePlace) => Promise<OpenedService>;
  /** Reaches the HTTP API instead; nothing is sent yet. */
  readonly openApi: (place: ApiPlace) => Promise<RemoteBatches>;
  /** Runs a worker in this process until it is told to stop. */
  readonly runWorker: () => Promise<number>;
  /** Runs the HTTP API in this process until it is told to stop. */
  readonly runServer: () => Promise<number>;
  /** Runs the emulator in this process until it is told to stop. */
  readonly runEmulator: (flags: EmulatorFlags) => Promise<number>;
  /** A signal that fires at the first Ctrl-C or SIGTERM; from then on they no longer end us. */
  readonly catchInterrupt: () => AbortSignal;
}
