import { listOperationProblems, type OperationName } from '../domain/check-operation';
import { toInvalidOperation } from './failures';

/**
 * Ends an operation whose input was typed wrongly, before it does anything.
 *
 * @throws ApplicationFailure of type OperationRefused that lists what is wrong
 */
export function assertOperation(name: OperationName, input: unknown): void {
  const problems = listOperationProblems(name, input);
  if (problems.length > 0) throw toInvalidOperation(problems);
}
