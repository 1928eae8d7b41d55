/**
 * What goes wrong on the machine itself while programs are found and started, as a value.
 *
 * - `temporal-missing`: no Temporal server program, and none could be fetched.
 * - `temporal-unusable`: the program or address somebody named does not work.
 * - `temporal-not-ready`: the server was started, but did not answer in time or ended.
 * - `port-in-use`: another program listens on the port.
 * - `program-not-ready`: one of our own programs ended, or said nothing, before it was ready.
 */
export type LocalFailureCode =
  | 'temporal-missing'
  | 'temporal-unusable'
  | 'temporal-not-ready'
  | 'port-in-use'
  | 'program-not-ready';

/** A failure on this machine: a stable code to decide by, and a message that says what to do. */
export interface LocalFailure {
  readonly ok: false;
  readonly code: LocalFailureCode;
  readonly message: string;
}

/** Either the wanted value, or why it could not be had. */
export type LocalResult<Value> = { readonly ok: true; readonly value: Value } | LocalFailure;

/**
 * Wraps a value as a success.
 *
 * @param value - what was asked for
 */
export function createSuccess<Value>(value: Value): LocalResult<Value> {
  return { ok: true, value };
}

/**
 * Builds a failure.
 *
 * @param code - the stable code callers decide by
 * @param message - what failed, on what, why, and what to do next
 */
export function createFailure(code: LocalFailureCode, message: string): LocalFailure {
  return { ok: false, code, message };
}
