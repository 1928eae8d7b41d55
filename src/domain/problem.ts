/** One thing that is wrong with a submitted document, with the place where it is wrong. */
export interface Problem {
  /** Keys and indexes from the document's root, such as `['groups', 0, 'count']`. */
  readonly path: readonly (string | number)[];
  /** Stable code, listed in docs/errors.md. */
  readonly code: ProblemCode;
  /** What is wrong, what is allowed and what to do, in one sentence without the path. */
  readonly message: string;
}

/** Codes of {@link Problem}; stable, since scripts read them. */
export type ProblemCode =
  | 'unknown-key'
  | 'missing'
  | 'wrong-type'
  | 'not-allowed'
  | 'out-of-range'
  | 'conflict'
  | 'duplicate'
  | 'syntax';

/** `groups[0].count`, as a person writes the path of a problem. */
export function formatPath(path: Problem['path']): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}

/** `groups[0].count: must be …`, one line per problem. */
export function formatProblem(problem: Problem): string {
  return problem.path.length === 0
    ? problem.message
    : `${formatPath(problem.path)}: ${problem.message}`;
}
