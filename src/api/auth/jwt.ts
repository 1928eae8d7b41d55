import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { ApiError } from '../api-error';
import { ROLES } from '../subject';
import type { Subject } from '../subject';
import { createRefusal } from './credential-refusal';
import type { CredentialRefusal, RefusalReason } from './credential-refusal';

/** Whose tokens are believed, and where they say what their subject may do. */
export interface JwtRules {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly roleClaim: string;
  readonly tenantsClaim: string;
}

/** Only asymmetric ones: with a shared secret whoever checks a token could make one. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];

/** Seconds by which the clock of the issuer may differ. */
const CLOCK_TOLERANCE_SECONDS = 30;

const ROLE = z.enum(ROLES);
const TENANTS = z.array(z.string().min(1)).min(1);
/** It lands in the log of a batch. */
const NAME = z.string().regex(/^\P{Cc}{1,200}$/u);

/**
 * Checks JSON Web Tokens against the public keys of their issuer, which are fetched when they are
 * needed and kept for ten minutes.
 *
 * @param rules - whose tokens
 * @returns whose token it is, or why it counts for nothing
 * @throws ApiError `no-keys` when the keys cannot be fetched: the token may be good
 */
export function createJwtCheck(
  rules: JwtRules,
): (token: string) => Promise<Subject | CredentialRefusal> {
  const keys = createRemoteJWKSet(new URL(rules.jwksUrl));
  const { issuer, audience } = rules;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      return toSubject(payload, rules);
    } catch (error) {
      const refusal = toRefusal(error);
      if (refusal !== null) return refusal;
      throw new ApiError('no-keys', 'The keys that tokens are checked with cannot be fetched.');
    }
  };
}

function toSubject(payload: JWTPayload, rules: JwtRules): Subject | CredentialRefusal {
  const name = NAME.safeParse(payload.sub);
  const role = ROLE.safeParse(payload[rules.roleClaim]);
  const tenants = TENANTS.safeParse(payload[rules.tenantsClaim]);
  if (!name.success) return createLack('sub');
  if (!role.success) return createLack(rules.roleClaim);
  if (!tenants.success) return createLack(rules.tenantsClaim);
  return { name: `jwt:${name.data}`, role: role.data, tenants: tenants.data };
}

function createLack(claim: string): CredentialRefusal {
  return { reason: 'claim', claim, isGenuine: true };
}

/** By jose's stable codes: what concerns the token, and not the way to its keys. */
const REASONS: Readonly<Record<string, RefusalReason>> = {
  ERR_JWKS_NO_MATCHING_KEY: 'signature',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'signature',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JOSE_NOT_SUPPORTED: 'algorithm',
  ERR_JWT_EXPIRED: 'expired',
  ERR_JWT_INVALID: 'malformed',
  ERR_JWS_INVALID: 'malformed',
};

/** What a claim that is amiss says of the token; any other one is told by its name. */
const CLAIM_REASONS: Readonly<Record<string, RefusalReason>> = { aud: 'audience', iss: 'issuer' };

function toRefusal(error: unknown): CredentialRefusal | null {
  if (!(error instanceof errors.JOSEError)) return null;
  if (error instanceof errors.JWTClaimValidationFailed) {
    return createRefusal(CLAIM_REASONS[error.claim] ?? 'claim', error.claim);
  }
  const reason = REASONS[error.code];
  return reason === undefined ? null : createRefusal(reason);
}
