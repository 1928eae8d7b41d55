import type { Problem } from '../domain/problem';
import type { LocatedProblem } from './located-problem';

/** What one file says, with the way back from a problem to its line. */
export interface Source {
  readonly fileName: string;
  readonly value: unknown;
  /** Says where a problem of the value stands; null when it was told already. */
  readonly locate: (problem: Problem) => LocatedProblem | null;
}

/** A source as far as it can be read, and what is wrong with it before anybody asks what it means. */
export interface ReadSource {
  readonly source: Source | null;
  readonly problems: readonly LocatedProblem[];
}

/** A source that has a problem as a whole. */
export function createBrokenSource(
  fileName: string,
  { code, message }: Pick<Problem, 'code' | 'message'>,
): ReadSource {
  return { source: null, problems: [{ path: [], code, message, fileName, line: 0, column: 0 }] };
}
