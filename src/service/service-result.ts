import type { RequestDifference } from '../domain/request-difference';

/**
 * Why the service could not do what was asked; stable, since the HTTP API and the CLI's exit codes
 * hang on it.
 *
 * - `not-found`: neither Temporal nor the result store knows the batch.
 * - `no-server`: the Temporal server did not answer.
 * - `no-worker`: the server answered, and no worker took the task in time.
 * - `worker-busy`: a worker took the task, or may, and has not answered in the time there was.
 * - `refused`: the batch's own check of an operator action said no.
 * - `conflict`: the batch id is taken by another request, or that of a trigger by another batch.
 * - `not-started`: a schedule was triggered, and no batch has begun in the time there was.
 * - `already-finished`: the action needs a running batch.
 * - `not-finished`: the result is asked for before the end.
 * - `broken-run`: a run ended without a result (terminated, failed).
 * - `unauthenticated`, `forbidden`, `rate-limited`, `invalid-input`, `invalid-request`: as the HTTP
 *   API says, when the service is one over it.
 * - `unexpected`: everything else.
 */
export type ServiceFailureCode =
  | 'not-found'
  | 'no-server'
  | 'no-worker'
  | 'worker-busy'
  | 'refused'
  | 'conflict'
  | 'not-started'
  | 'already-finished'
  | 'not-finished'
  | 'broken-run'
  | 'unauthenticated'
  | 'forbidden'
  | 'rate-limited'
  | 'invalid-input'
  | 'invalid-request'
  | 'unexpected';

/** A failure: a stable code to decide by, and what failed, on what, why and what to do next. */
export interface ServiceFailure {
  readonly ok: false;
  readonly code: ServiceFailureCode;
  readonly message: string;
  /** For `conflict`: where the known request and the submitted one differ, when that is known. */
  readonly differences?: readonly RequestDifference[];
}

/** Either the wanted value, or why it could not be had. */
export type ServiceResult<Value> = { readonly ok: true; readonly value: Value } | ServiceFailure;

/**
 * Wraps a value as a success.
 *
 * @param value - what was asked for
 */
export function createSuccess<Value>(value: Value): ServiceResult<Value> {
  return { ok: true, value };
}

/**
 * Builds a failure.
 *
 * @param code - the stable code callers decide by
 * @param message - what failed, on what, why, and what to do next
 */
export function createFailure(code: ServiceFailureCode, message: string): ServiceFailure {
  return { ok: false, code, message };
}
