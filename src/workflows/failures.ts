import { ApplicationFailure } from '@temporalio/common';
import { FAILURES, type FailureType } from '../contract/failure-types';
import { formatProblem, type Problem } from '../domain/problem';
import type { Refusal } from '../domain/refusal';

/** The one place of the workflows that builds failures: for input that nothing can be done with. */

/** Problems that a failure shows: the server keeps 4 KiB of one. */
const PROBLEMS_MAX = 20;

/** A batch request that is not valid; the first problems are in the message and in the details. */
export function toInvalidRequest(problems: readonly Problem[]): ApplicationFailure {
  const shown = problems.slice(0, PROBLEMS_MAX);
  const more = problems.length - shown.length;
  const lines = [...shown.map(formatProblem), ...(more > 0 ? [`and ${more} more`] : [])];
  return fail(
    FAILURES.invalidRequest,
    `the batch request is not valid; nothing was sent:\n${lines.join('\n')}`,
    shown,
  );
}

/** A delivery that was started by hand to a receiver that no request may name. */
export function toInvalidDelivery(problems: readonly Problem[]): ApplicationFailure {
  const lines = problems.slice(0, PROBLEMS_MAX).map(formatProblem);
  return fail(
    FAILURES.invalidRequest,
    `the receiver is not valid; nothing was sent:\n${lines.join('\n')}`,
  );
}

/** A shard is only ever started by its batch. */
export function toInvalidShardInput(): ApplicationFailure {
  return fail(
    FAILURES.invalidRequest,
    'shards are started by their batch and not by hand; start or retry the batch; nothing was sent',
  );
}

/** An operation that was started by hand with an input that nothing can be done with. */
export function toInvalidOperation(problems: readonly Problem[]): ApplicationFailure {
  const lines = problems.slice(0, PROBLEMS_MAX).map(formatProblem);
  return fail(
    FAILURES.operationRefused,
    `the input is not valid; nothing was done:\n${lines.join('\n')}`,
  );
}

/** A start under an id that is not the batch's: two runs of one identity would not see each other. */
export function toWrongWorkflowId(actual: string, expected: string): ApplicationFailure {
  return fail(
    FAILURES.wrongWorkflowId,
    `this batch must run under the workflow id '${expected}', not '${actual}'; start it under ` +
      'that id, or change the batch id; nothing was sent',
  );
}

/** A batch that the worker does not let in. */
export function toNotAdmitted(refusal: Refusal): ApplicationFailure {
  const type = refusal.class === 'conflict' ? FAILURES.planConflict : FAILURES.refusedByGuard;
  return fail(type, `${refusal.message ?? refusal.code}; nothing was sent`, refusal);
}

function fail(type: FailureType, message: string, ...details: unknown[]): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, details });
}
