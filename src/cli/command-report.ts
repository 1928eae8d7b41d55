import { EXIT, toFailureExitCode } from './exit-code';

/** Why a command could not do its work. */
export interface CliFailure {
  /** Stable; scripts read it, and the exit code follows from it. */
  readonly code: string;
  /** What failed, on what, why, and what to do next. */
  readonly message: string;
  /** More lines for people, such as every problem of a file. */
  readonly lines?: readonly string[];
  /** More keys for the JSON object. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a command gives back; one place prints it, as text or as one JSON object. */
export interface CommandReport {
  readonly exitCode: number;
  /** The JSON object of `--json`. */
  readonly data: object;
  /** What people read on stdout. */
  readonly lines: readonly string[];
  /** The last line, on stderr: what happens next, or what one can do. */
  readonly next?: string;
  /** Set when the command failed; then `lines` go to stderr. */
  readonly isFailure?: true;
  /** Set for programs that print for themselves. */
  readonly isSilent?: true;
}

/**
 * The report of a command that did its work.
 *
 * @param data - the JSON object of `--json`
 * @param lines - what people read
 * @param ending - exit code (0) and last line
 */
export function createReport(
  data: object,
  lines: readonly string[],
  ending: { readonly exitCode?: number; readonly next?: string } = {},
): CommandReport {
  const { exitCode = EXIT.done, next } = ending;
  return { exitCode, data, lines, ...(next === undefined ? {} : { next }) };
}

/**
 * The report of a command that failed.
 *
 * @param failure - stable code and message
 */
export function createFailureReport(failure: CliFailure): CommandReport {
  const { code, message, lines = [], data = {} } = failure;
  return {
    exitCode: toFailureExitCode(code),
    data: { error: { code, message, ...data } },
    lines: [...lines, `error: ${message}`],
    isFailure: true,
  };
}

/**
 * Names the server in the commands that a report advises, when it was named by a flag: without it they
 * would be about another place.
 *
 * @param report - as the command gave it
 * @param server - value of `--server`; nothing changes when it was not given
 */
export function withServerFlag(report: CommandReport, server: string | undefined): CommandReport {
  if (server === undefined) return report;
  const advise = (text: string): string =>
    text.replaceAll('"tairfleet ', `"tairfleet --server ${server} `);
  const { next, lines, isFailure } = report;
  return {
    ...report,
    ...(isFailure === true ? { lines: lines.map(advise) } : {}),
    ...(next === undefined ? {} : { next: advise(next) }),
  };
}
