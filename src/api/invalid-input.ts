import { formatPath } from '../domain/problem';
import type { Problem } from '../domain/problem';
import type { LocatedProblem } from '../input/located-problem';
import { ApiError } from './api-error';

/**
 * The end of a request whose body says what it must not.
 *
 * @param problems - at least one, with its place in the body when that is known
 */
export function createInvalidInput(problems: readonly (Problem | LocatedProblem)[]): ApiError {
  // Of what is missing altogether there is no place.
  const listed = problems.map(({ path, ...rest }) => ({
    path: formatPath(path),
    code: rest.code,
    message: rest.message,
    ...('line' in rest && rest.line > 0 ? { line: rest.line, column: rest.column } : {}),
  }));
  const count = listed.length === 1 ? '1 problem' : `${listed.length} problems`;
  return new ApiError('invalid-input', `The request has ${count}, so nothing was sent.`, {
    problems: listed,
  });
}
