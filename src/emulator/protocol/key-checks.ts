import type { Account } from '../accounts';
import { createMissing, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { getParameter } from './parameters';
import type { Parameters } from './parameters';

/**
 * Whether a key may be used at all, and whether a temporary key comes with its token. The codes are
 * those of the common errors page; their status for tokens, 400, is inferred.
 */
export function checkKey(
  account: Account,
  parameters: Parameters,
  nowMs: number,
): Refusal | undefined {
  if (!account.isActive) {
    return createRefusal(400, 'InvalidAccessKeyId.Inactive', 'Specified access key is disabled.');
  }
  const token = getParameter(parameters, 'SecurityToken');
  if (account.securityToken === undefined)
    return token === undefined ? undefined : createMismatch();
  if (token === undefined) return createMissing('SecurityToken');
  if (token !== account.securityToken) return createMismatch();
  const endsAtMs = account.expiresAt === undefined ? Infinity : Date.parse(account.expiresAt);
  return nowMs < endsAtMs
    ? undefined
    : createRefusal(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
}

function createMismatch(): Refusal {
  return createRefusal(
    400,
    'InvalidSecurityToken.MismatchWithAccessKey',
    'Specified SecurityToken mismatch with the AccessKey.',
  );
}
