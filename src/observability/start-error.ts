/** Why a program did not start, as stable codes of the command line (docs/cli.md, exit codes). */
export type StartErrorCode = 'invalid-config' | 'no-server' | 'port-in-use';

/** A program did not start for a reason that whoever runs it can mend. */
export class StartError extends Error {
  override readonly name = 'StartError';

  /**
   * @param code - what is amiss
   * @param message - what failed, on what, why, and what to do next
   * @param options - what was caught
   */
  constructor(
    readonly code: StartErrorCode,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/** Where something should listen, and the settings that say so. */
export interface ListenPlace {
  readonly host: string;
  readonly port: number;
  /** What listens there, such as `HTTP API`. */
  readonly what: string;
  /** Part of the configuration with `host` and `port`. */
  readonly section: 'server' | 'health' | 'metrics';
}

/**
 * What an error of a listener means to whoever runs the program.
 *
 * @param error - as the listener gives it
 * @param place - where it should have listened
 * @returns what to set; the same error when it says something else
 */
export function toListenError(error: unknown, place: ListenPlace): unknown {
  const { host, port, what, section } = place;
  const failure = `The ${what} cannot listen at ${host}:${port}`;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartError(
        'port-in-use',
        `${failure}, since something else does. End that, or choose another ${toSetting(section, 'port')}`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(
        'invalid-config',
        `${failure}, since this host has no such address. Choose another ${toSetting(section, 'host')}`,
        { cause: error },
      );
    case 'EACCES':
      return new StartError(
        'invalid-config',
        `${failure}, since it may not. Choose another ${toSetting(section, 'port')}`,
        { cause: error },
      );
    default:
      return error;
  }
}

function toSetting(section: string, key: string): string {
  return `${section}.${key} (TAIRFLEET_${section.toUpperCase()}_${key.toUpperCase()})`;
}
