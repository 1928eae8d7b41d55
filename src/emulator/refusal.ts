/** A definite answer of the cloud that says no: a value, never thrown. */
export interface Refusal {
  readonly kind: 'refusal';
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** The stable code a client decides by. */
  readonly code: string;
  readonly message: string;
  /** Sent as `x-acs-retry-after`, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Further members of the error body, such as `AccessDeniedDetail`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Builds a refusal; `status` is the HTTP status. */
export function createRefusal(status: number, code: string, message: string): Refusal {
  return { kind: 'refusal', status, code, message };
}

/** `Missing<Param>`, the gateway's answer to an absent mandatory parameter (HTTP 400). */
export function createMissing(parameter: string): Refusal {
  return createRefusal(400, `Missing${parameter}`, `${parameter} is mandatory for this action.`);
}

/** A parameter of the right name with a value outside its domain (HTTP 400). */
export function createInvalid(code: string, parameter: string): Refusal {
  return createRefusal(400, code, `The Specified parameter "${parameter}" is not valid.`);
}
