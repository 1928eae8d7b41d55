import { ApiError } from '../api-error';

/** Why a key or token counts for nothing; stable, since it stands in logs. */
export type RefusalReason =
  | 'algorithm'
  | 'audience'
  | 'claim'
  | 'expired'
  | 'issuer'
  | 'malformed'
  | 'signature'
  | 'unknown-key'
  | 'unsupported';

/** A key or token that counts for nothing. */
export interface CredentialRefusal {
  readonly reason: RefusalReason;
  /** The claim that is amiss in a token; null when it is something else. */
  readonly claim: string | null;
  /** Whether the token is the issuer's and valid, and lacks only what this server needs to know. */
  readonly isGenuine: boolean;
}

/** A credential that nobody vouches for. */
export function createRefusal(
  reason: RefusalReason,
  claim: string | null = null,
): CredentialRefusal {
  return { reason, claim, isGenuine: false };
}

/**
 * The end of a request with such a credential. Whoever holds a genuine token is told what it lacks; of
 * others nobody learns why.
 */
export function toRefusalError({ claim, isGenuine }: CredentialRefusal): ApiError {
  if (!isGenuine) return createUnauthenticated();
  return new ApiError(
    'forbidden',
    `The token is valid, and its claim ${claim} is missing or not as this server needs it: docs/api.md ` +
      'says what it must hold. Its issuer sets it.',
  );
}

/** The end of a request without proof of who sends it. */
export function createUnauthenticated(): ApiError {
  return new ApiError(
    'unauthenticated',
    'Send a valid API key or token as "Authorization: Bearer …"; it may have expired.',
  );
}
