/**
 * The classes of trouble with a cloud call. A class decides what happens next (docs/errors.md);
 * the code only says which class it is.
 */
export type ErrorClass =
  /** Refused before execution because of a rate limit: the same token again, later. */
  | 'throttled'
  /** Refused by a passing fault of the service: the same token again, in seconds. */
  | 'transient'
  /** The call may or may not have taken effect: look before anything else. */
  | 'ambiguous'
  /** The account's cap on living instances: wait at the gate. */
  | 'quota'
  /** No stock, no addresses, zone closed: the next placement, then the gate. */
  | 'capacity'
  /** The spec is wrong: stop the group. */
  | 'invalid'
  /** Permission or keys: a person. */
  | 'denied'
  /** Money, identity or the state of the account: a person. */
  | 'account'
  /** The token was used with other parameters: a person. */
  | 'conflict'
  /** An instance with our name that fits no slot: a person. */
  | 'foreign'
  /** The activity did not send, for a reason of ours: the same token again, from the gate. */
  | 'notSent'
  /** The token was used by an earlier run: the next epoch. */
  | 'spent'
  /** A prepaid order waits for its payment: a person. */
  | 'awaitingPayment'
  /** A code that nobody listed: a person. */
  | 'unknown';

/** A refusal as the state machine sees it. */
export interface Refusal {
  readonly class: ErrorClass;
  /** The service's code, or one of ours in lower case, such as `foreign-instance`. */
  readonly code: string;
  readonly requestId?: string;
  /** Short text for people, without secrets. Never decided by. */
  readonly message?: string;
  /** Since when something is parked because of it, ms since the epoch. */
  readonly parkedAtMs?: number;
}

/** Classes that concern the whole account: they stop new calls of the whole batch at once. */
const ACCOUNT_WIDE: ReadonlySet<ErrorClass> = new Set(['denied', 'account']);

/** Whether a refusal of this class would meet every other call of the account too. */
export function isAccountWide(errorClass: ErrorClass): boolean {
  return ACCOUNT_WIDE.has(errorClass);
}
