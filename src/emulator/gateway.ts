import type { Account } from './accounts';
import type { Action } from './actions/action';
import type { EmulatorState } from './emulator-state';
import { identify } from './identity';
import { authenticate } from './protocol/authenticate';
import type { ApiRequest } from './protocol/decode-call';
import { judgeCall } from './ram/judge-call';
import { findRateLimit } from './rate-limits';
import { regionOfCall } from './region-of-call';
import { createRefusal } from './refusal';
import type { Refusal } from './refusal';

/** The gateway's verdict on a call, before its action looks at it. */
export type Admission =
  | { readonly kind: 'admitted'; readonly account: Account }
  | { readonly kind: 'throttled'; readonly refusal: Refusal }
  | Refusal;

/** Authentication, then permission, then the rate limit. */
export function admitCall(action: Action, request: ApiRequest, state: EmulatorState): Admission {
  const { accounts, nonces, config } = state;
  const gatekeeper = { accounts, nonces, checksNonces: config.nonceCheck };
  const account = authenticate({ ...request, nowMs: Date.now() }, gatekeeper);
  if ('kind' in account) return account;
  const reason = judgeCall(action, { account, request, state });
  if (reason !== undefined) return createDenial(action, account, reason);
  const limit = findRateLimit(state.config, action.name);
  const key = `${account.accountId} ${regionOfCall(request, state)} ${action.name}`;
  if (limit !== undefined && !state.limits.tryTake(key, limit, state.nowMs())) {
    return { kind: 'throttled', refusal: createThrottle(state) };
  }
  return { kind: 'admitted', account };
}

function createThrottle({ config }: EmulatorState): Refusal {
  const { status, code, retryAfterMs } = config.throttle;
  const refusal = createRefusal(status, code, 'Request was denied due to user flow control.');
  return retryAfterMs === null ? refusal : { ...refusal, retryAfterMs };
}

/**
 * RAM denials carry the detail that tells an operator which permission is missing. The cloud denies
 * nothing to an account itself, and has no word for its type.
 */
function createDenial(action: Action, account: Account, reason: string): Refusal {
  const denial = createRefusal(
    403,
    'Forbidden.RAM',
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
  );
  const { type, displayName } = identify(account);
  const detail = {
    AuthAction: `${action.product.ramPrefix}:${action.name}`,
    AuthPrincipalType: type === 'RAMUser' ? 'SubUser' : type,
    AuthPrincipalOwnerId: account.accountId,
    AuthPrincipalDisplayName: displayName,
    NoPermissionType: reason,
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    EncodedDiagnosticMessage: '',
  };
  return { ...denial, extra: { AccessDeniedDetail: detail } };
}
