import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { CallFailure } from '../cloud/port';
import { FAILURES, type FailureType } from '../contract/failure-types';
import type { Refusal } from '../domain/refusal';

/** The one place of the activities that builds failures for Temporal. */

/** A failure that the server retries by the activity's policy. */
export function toRetryable(
  type: FailureType,
  message: string,
  nextRetryDelayMs?: number,
): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: false,
    ...(nextRetryDelayMs === undefined ? {} : { nextRetryDelay: nextRetryDelayMs }),
  });
}

/** A look that could not be made. */
export function toLookUpFailure(what: string, failure: CallFailure): ApplicationFailure {
  return toRetryable(
    FAILURES.lookUpFailed,
    `${what} failed: ${failure.message} (${failure.code}); it is tried again`,
    failure.retryAfterMs ?? undefined,
  );
}

/** An operation that no retry makes possible; its workflow fails with these words. */
export function toOperationRefused(message: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURES.operationRefused,
    message,
    nonRetryable: true,
  });
}

/** A receiver that wants no more events; no retry changes its mind. */
export function toReceiverGone(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: FAILURES.receiverGone, message, nonRetryable: true });
}

/** "Not ready yet" is no failure to anyone: it only moves the wait to another attempt. */
export function toNotReadyYet(pending: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURES.notReadyYet,
    message: `${pending} instances are not ready yet; the wait goes on`,
    nonRetryable: false,
    nextRetryDelay: 100,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** A failed call as the state machine sees it. */
export function toRefusal(failure: CallFailure): Refusal {
  return {
    class: failure.class,
    code: failure.code,
    message: failure.message,
    ...(failure.requestId === null ? {} : { requestId: failure.requestId }),
  };
}
