import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { ApiError } from '../api-error';
import { ROLES } from '../subject';
import type { Subject } from '../subject';

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
 * @returns whose token it is; null when it is not valid
 * @throws ApiError `no-keys` when the keys cannot be fetched: the token may be good
 */
export function createJwtCheck(rules: JwtRules): (token: string) => Promise<Subject | null> {
  const keys = createRemoteJWKSet(new URL(rules.jwksUrl));
  const { issuer, audience } = rules;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      return toSubject(payload, rules);
    } catch (error) {
      if (isBadToken(error)) return null;
      throw new ApiError('no-keys', 'The keys that tokens are checked with cannot be fetched.');
    }
  };
}

function toSubject(payload: JWTPayload, rules: JwtRules): Subject | null {
  const name = NAME.safeParse(payload.sub);
  const role = ROLE.safeParse(payload[rules.roleClaim]);
  const tenants = TENANTS.safeParse(payload[rules.tenantsClaim]);
  if (!name.success || !role.success || !tenants.success) return null;
  return { name: `jwt:${name.data}`, role: role.data, tenants: tenants.data };
}

/** By jose's stable codes: what concerns the token, and not the way to its keys. */
function isBadToken(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  const { code } = error;
  if (code === 'ERR_JWKS_NO_MATCHING_KEY' || code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS')
    return true;
  if (code === 'ERR_JOSE_ALG_NOT_ALLOWED' || code === 'ERR_JOSE_NOT_SUPPORTED') return true;
  return code.startsWith('ERR_JWT_') || code.startsWith('ERR_JWS_');
}
