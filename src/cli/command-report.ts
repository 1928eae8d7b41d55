import type { ServerOptions } from './server-options';
import { EXIT, toFailureExitCode } from './exit-code';
import { quoteWord } from './quote-word';

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
 * Names the server, and the file of its key, in the commands that a report advises, when they were named
 * by flags: without them they would be about another place, or turned away.
 *
 * @param report - as the command gave it
 * @param options - nothing changes when no server was given
 */
export function withServerFlags(
  report: CommandReport,
  { server, apiKeyFile }: ServerOptions,
): CommandReport {
  if (server === undefined) return report;
  const key = apiKeyFile === undefined ? [] : ['--api-key-file', apiKeyFile];
  const flags = ['--server', server, ...key].map(quoteWord).join(' ');
  const advise = (text: string): string =>
    text.replaceAll('"tairfleet ', () => `"tairfleet ${flags} `);
  const { next, lines, data, isFailure } = report;
  return {
    ...report,
    ...(isFailure === true ? { lines: lines.map(advise), data: toAdvised(data, advise) } : {}),
    ...(next === undefined ? {} : { next: advise(next) }),
  };
}

/** The message of a failure is what a script shows to people. */
function toAdvised(data: object, advise: (text: string) => string): object {
  const { error } = data as { readonly error?: { readonly message: string } };
  if (error === undefined) return data;
  return { ...data, error: { ...error, message: advise(error.message) } };
}
