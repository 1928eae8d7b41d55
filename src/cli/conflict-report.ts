import type { ServiceFailure } from '../service/service-result';
import { createFailureReport } from './command-report';
import type { CommandReport } from './command-report';
import { toDifferenceLines } from './views/human/difference-lines';

/**
 * The report of a submission that failed; for a conflict it shows where the two requests differ.
 *
 * @param failure - as the service gives it
 */
export function createSubmissionFailureReport(failure: ServiceFailure): CommandReport {
  const { code, message, differences } = failure;
  if (differences === undefined) return createFailureReport({ code, message });
  return createFailureReport({
    code,
    message,
    lines: toDifferenceLines(differences),
    data: { differences },
  });
}
