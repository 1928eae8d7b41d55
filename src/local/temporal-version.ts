import { runProgram } from './run-program';

/** Oldest Temporal CLI whose dev server has what we use: updates, reset, activity commands. */
export const TEMPORAL_CLI_VERSION_MIN = '1.5.0';

/** A CLI built by `go install` calls itself 0.0.0-DEV; 1.5.1 embeds this server. */
const SERVER_VERSION_MIN = '1.29.0';
const VERSION_TIMEOUT_MS = 10_000;

/** What `temporal --version` said. */
export interface TemporalVersion {
  /** The CLI's version, say `1.9.1`. */
  readonly cli: string;
  readonly isNewEnough: boolean;
}

/**
 * Asks a Temporal CLI for its version.
 *
 * @param command - name on PATH, or a path
 * @returns undefined when it cannot be run or is something else
 */
export async function readTemporalVersion(command: string): Promise<TemporalVersion | undefined> {
  const run = await runProgram(command, ['--version'], { timeoutMs: VERSION_TIMEOUT_MS });
  return run.ok ? toTemporalVersion(run.stdout) : undefined;
}

/**
 * Reads the line `temporal --version` prints, as of 1.9.1:
 * `temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)`.
 *
 * @param line - the program's output
 */
export function toTemporalVersion(line: string): TemporalVersion | undefined {
  const match = /^temporal version (\d+\.\d+\.\d+)(\S*)(?: \(Server (\d+\.\d+\.\d+))?/.exec(line);
  const cli = match?.[1];
  if (cli === undefined) return undefined;
  const server = match?.[3];
  const isNewEnough =
    cli === '0.0.0' && server !== undefined
      ? isAtLeast(server, SERVER_VERSION_MIN)
      : isAtLeast(cli, TEMPORAL_CLI_VERSION_MIN);
  return { cli: `${cli}${match?.[2] ?? ''}`, isNewEnough };
}

function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, 'en', { numeric: true }) >= 0;
}
