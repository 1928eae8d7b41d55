import type { OfferPrice } from '../domain/preflight-price';
import { formatLocatedProblem } from '../input/located-problem';
import { readRequestFile } from '../input/read-request';
import type { Submission } from '../service/apply-batch';
import type { CliFailure } from './command-report';
import { formatCountOf } from './views/human/numbers';

/** A checked request, and the prices that somebody has looked at when it is a plan with a preflight. */
export interface PricedSubmission extends Submission {
  readonly prices?: readonly OfferPrice[];
}

/** A checked request of a file, or everything that is wrong with it. */
export type ReadSubmission =
  ({ readonly ok: true } & PricedSubmission) | { readonly ok: false; readonly failure: CliFailure };

/**
 * Reads and checks a request file, or a plan that was saved from one.
 *
 * @param path - the file, or `-` for stdin
 * @returns the request with its document, and the plan's frozen values and prices; `no-such-file`; `invalid-input` with every problem
 */
export async function readSubmission(path: string): Promise<ReadSubmission> {
  const read = await readRequestFile(path);
  if (read.ok) return read;
  if (read.reason === 'unreadable') {
    const message = read.problems.map((problem) => formatLocatedProblem(problem)).join(' ');
    return { ok: false, failure: { code: 'no-such-file', message } };
  }
  const count = formatCountOf(read.problems.length, 'problem');
  return {
    ok: false,
    failure: {
      code: 'invalid-input',
      message: `${path === '-' ? 'The request' : path} has ${count}, so nothing was sent.`,
      lines: read.problems.map((problem) => formatLocatedProblem(problem)),
      data: { problems: read.problems },
    },
  };
}
