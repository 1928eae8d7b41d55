import { formatLocatedProblem } from '../input/located-problem';
import type { LocatedProblem } from '../input/located-problem';
import type { CliFailure } from './command-report';
import { formatCountOf } from './views/human/numbers';

/**
 * The failure of a file that cannot be read, or says what it must not.
 *
 * @param what - how the sentence about it begins, such as its path
 * @param read - what is wrong
 * @returns `no-such-file`; `invalid-input` with every problem
 */
export function toReadFailure(
  what: string,
  read: {
    readonly reason: 'unreadable' | 'invalid';
    readonly problems: readonly LocatedProblem[];
  },
): CliFailure {
  const lines = read.problems.map((problem) => formatLocatedProblem(problem));
  if (read.reason === 'unreadable') return { code: 'no-such-file', message: lines.join(' ') };
  const count = formatCountOf(read.problems.length, 'problem');
  return {
    code: 'invalid-input',
    message: `${what} has ${count}, so nothing was sent.`,
    lines,
    data: { problems: read.problems },
  };
}
