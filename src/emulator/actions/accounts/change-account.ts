import type { Instance } from '../../instance';
import type { InstanceAccount } from '../../instance-features';
import type { Parameters } from '../../protocol/parameters';
import type { Refusal } from '../../refusal';
import type { Action, ActionCall } from '../action';
import { ignored, required } from '../action-parameters';
import type { ActionParameter } from '../action-parameters';
import { createModification } from '../modification';
import type { Modified } from '../modification';
import { isPassword } from '../value-rules';
import { isPrivilege } from './create-account';
import { changePassword, createUnknownAccount, putAccount } from './instance-accounts';

/** DeleteAccount: the account that is named like the instance stays. */
export const deleteAccountAction = createAccountChange(
  'DeleteAccount',
  [],
  ({ settings }, name) => {
    const accounts = new Map(settings.features.accounts);
    accounts.delete(name);
    return accounts;
  },
);

/** GrantAccountPrivilege: what an account may do from now on. */
export const grantAccountPrivilegeAction = createAccountChange(
  'GrantAccountPrivilege',
  [required('AccountPrivilege', isPrivilege)],
  (instance, name, { account, parameters }) =>
    putAccount(instance, name, {
      ...account,
      privilege: parameters.get('AccountPrivilege') ?? account.privilege,
    }),
);

/** ModifyAccountDescription: a note of the client's. */
export const modifyAccountDescriptionAction = createAccountChange(
  'ModifyAccountDescription',
  [required('AccountDescription')],
  (instance, name, { account, parameters }) =>
    putAccount(instance, name, {
      ...account,
      description: parameters.get('AccountDescription') ?? '',
    }),
);

/** ModifyAccountPassword: any old password is taken as right. */
export const modifyAccountPasswordAction = createModification({
  name: 'ModifyAccountPassword',
  parameters: [
    required('AccountName'),
    required('OldAccountPassword'),
    required('NewAccountPassword', isPassword, 'InvalidAccountPassword.Format'),
    ...ignored('SourceBiz'),
  ],
  change: (instance, { parameters }) =>
    changePassword(instance, parameters.get('AccountName') ?? ''),
});

interface ChangedAccount {
  readonly account: InstanceAccount;
  readonly parameters: Parameters;
}

type Change = (
  instance: Instance,
  name: string,
  changed: ChangedAccount,
) => ReadonlyMap<string, InstanceAccount>;

function createAccountChange(
  name: string,
  parameters: readonly ActionParameter[],
  change: Change,
): Action {
  return createModification({
    name,
    parameters: [required('AccountName'), ...parameters, ...ignored('SourceBiz')],
    busyStatus: 'none',
    change: (instance: Instance, call: ActionCall): Modified | Refusal => {
      const accountName = call.parameters.get('AccountName') ?? '';
      const account = instance.settings.features.accounts.get(accountName);
      if (account === undefined) return createUnknownAccount();
      const accounts = change(instance, accountName, { account, parameters: call.parameters });
      return { features: { accounts } };
    },
  });
}
