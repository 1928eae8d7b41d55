import type { OfferPrice } from '../domain/preflight-price';
import { readRequestFiles } from '../input/read-request-files';
import type { Submission } from '../service/submission';
import type { CliFailure } from './command-report';
import { findUnusedVariable, readVariableFlags, toBesideSource } from './input-flags';
import type { InputOptions } from './input-flags';
import { toReadFailure } from './read-failure';

/** A checked request, and the prices that somebody has looked at when it is a plan with a preflight. */
export interface PricedSubmission extends Submission {
  readonly prices?: readonly OfferPrice[];
}

/** A checked request of files, or everything that is wrong with it. */
export type ReadSubmission =
  ({ readonly ok: true } & PricedSubmission) | { readonly ok: false; readonly failure: CliFailure };

/**
 * Reads and checks request files, or a plan that was saved from them.
 *
 * @param paths - the files, of which one may be `-` for stdin
 * @param options - variables, and what the files do not say
 * @returns the request with its document, and the plan's frozen values and prices; `no-such-file`; `invalid-input` with every problem; `usage` for flags that make no sense
 */
export async function readSubmission(
  paths: readonly string[],
  options: InputOptions = {},
): Promise<ReadSubmission> {
  const misuse = findMisuse(paths, options);
  if (misuse !== undefined) return { ok: false, failure: { code: 'usage', message: misuse } };
  const flags = await readVariableFlags(options);
  if (!flags.ok) return flags;
  const { variables, named } = flags;
  const beside = toBesideSource(options);
  const read = await readRequestFiles(paths, {
    variables,
    isStdinCsv: options.csv === true,
    ...(beside === undefined ? {} : { beside }),
  });
  if (!read.ok) return { ok: false, failure: toReadFailure(toSubjectText(paths), read) };
  const failure = findUnusedVariable(variables, named);
  return failure === undefined ? read : { ok: false, failure };
}

function findMisuse(paths: readonly string[], { csv }: InputOptions): string | undefined {
  const repeated = paths.find((path, index) => paths.indexOf(path) !== index);
  if (repeated === '-') return 'stdin can be read once: name - once.';
  if (repeated !== undefined) return `${repeated} is named twice: name each file once.`;
  if (csv !== true || paths.includes('-')) return undefined;
  return '--csv speaks of stdin: name - among the files, or leave it out.';
}

function toSubjectText(paths: readonly string[]): string {
  const [path = '-'] = paths;
  return paths.length > 1 || path === '-' ? 'The request' : path;
}
