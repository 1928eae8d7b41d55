import type { Instance } from '../../instance';
import type { InstanceAccount } from '../../instance-features';
import { createRefusal } from '../../refusal';
import type { Refusal } from '../../refusal';

/** True for an account besides the one that is named like the instance. */
export function hasAccount({ settings }: Instance, name: string): boolean {
  return settings.features.accounts.has(name);
}

/**
 * A new password for an account: passwords are not kept, only that the one of the account named like
 * the instance, the `UserName` of the Describe operations, was set.
 */
export function changePassword(
  instance: Instance,
  name: string,
): { readonly settings?: { readonly isPasswordSet: true } } | Refusal {
  if (name === instance.id) return { settings: { isPasswordSet: true } };
  return hasAccount(instance, name) ? {} : createUnknownAccount();
}

/** The accounts with one of them put in, or put anew. */
export function putAccount(
  { settings }: Instance,
  name: string,
  account: InstanceAccount,
): ReadonlyMap<string, InstanceAccount> {
  return new Map([...settings.features.accounts, [name, account]]);
}

/** The instance has no account of that name. */
export function createUnknownAccount(): Refusal {
  return createRefusal(
    404,
    'InvalidAccountName.NotFound',
    'The AccountName provided does not exist in our records.',
  );
}
