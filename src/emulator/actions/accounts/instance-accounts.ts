import type { Instance } from '../../instance';
import type { InstanceAccount } from '../../instance-features';
import { createRefusal } from '../../refusal';
import type { Refusal } from '../../refusal';

/** True for an account besides the one that is named like the instance. */
export function hasAccount({ settings }: Instance, name: string): boolean {
  return settings.features.accounts.has(name);
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
