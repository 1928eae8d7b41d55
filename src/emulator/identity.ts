import type { Account } from './accounts';

/** Whose a key is, as the cloud tells people and roles apart. */
export interface Identity {
  /** In the words of GetCallerIdentity. */
  readonly type: 'Account' | 'RAMUser' | 'AssumedRoleUser';
  /** The name of the RAM user or role; undefined: it is the account's own. */
  readonly principal: string | undefined;
  readonly arn: string;
  readonly principalId: string;
  /** How a denial calls it: a user by its id, a role with its session (pages on denied access). */
  readonly displayName: string;
}

/** The role of a temporary key that names none: only roles have such keys. */
const UNNAMED_ROLE = 'role';

/** What all sessions of roles are called here. */
const SESSION = 'session';

/** The id of every role here; the cloud gives each its own. */
export const ROLE_ID = '300000000000000001';

/** The name of the RAM user or role a key belongs to; undefined for a key of the account itself. */
export function principalOf({ principal, securityToken }: Account): string | undefined {
  return principal ?? (securityToken === undefined ? undefined : UNNAMED_ROLE);
}

/**
 * Tells whose key it is (GetCallerIdentity page, 2025-08-08). How a role is spelt in a resource name
 * is read from public clients.
 */
export function identify(account: Account): Identity {
  const { accountId, securityToken } = account;
  const principal = principalOf(account);
  if (principal === undefined) {
    const arn = `acs:ram::${accountId}:root`;
    return { type: 'Account', principal, arn, principalId: accountId, displayName: accountId };
  }
  if (securityToken === undefined) {
    const arn = `acs:ram::${accountId}:user/${principal}`;
    return { type: 'RAMUser', principal, arn, principalId: principal, displayName: principal };
  }
  return {
    type: 'AssumedRoleUser',
    principal,
    arn: `acs:sts::${accountId}:assumed-role/${principal}/${SESSION}`,
    principalId: `${ROLE_ID}:${SESSION}`,
    displayName: `${principal}:${SESSION}`,
  };
}
