import { getParameter } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import { ignored, optional, optionals, required, withoutEffect } from '../action-parameters';
import { createModification } from '../modification';
import { isOneOf, isPassword } from '../value-rules';
import { hasAccount, putAccount } from './instance-accounts';

/** A letter, then up to 99 lower-case letters, digits and `_` (CreateAccount, SDK 6.4.0). */
const ACCOUNT_NAME_PATTERN = /^[a-z][a-z0-9_]{0,99}$/;

/** At most 18 accounts an instance (CreateAccount, SDK 6.4.0). */
const ACCOUNTS_MAX = 18;

/** What an account may do. */
export const isPrivilege = isOneOf('RoleReadOnly', 'RoleReadWrite', 'RoleRepl');

/** CreateAccount: one more name to log in with. */
export const createAccountAction = createModification({
  name: 'CreateAccount',
  parameters: [
    required(
      'AccountName',
      (text) => ACCOUNT_NAME_PATTERN.test(text),
      'InvalidAccountName.Malformed',
    ),
    required('AccountPassword', isPassword, 'InvalidAccountPassword.Format'),
    optional('AccountPrivilege', isPrivilege),
    withoutEffect(optional('AccountType', isOneOf('Normal'))),
    ...optionals('AccountDescription'),
    ...ignored('Parameters', 'SourceBiz'),
  ],
  busyStatus: 'none',
  change: (instance, { parameters }) => {
    const name = parameters.get('AccountName') ?? '';
    if (name === instance.id || hasAccount(instance, name)) {
      return createRefusal(
        400,
        'InvalidAccountName.Duplicate',
        'The specified account name already exists.',
      );
    }
    const accounts = putAccount(instance, name, {
      privilege: getParameter(parameters, 'AccountPrivilege') ?? 'RoleReadWrite',
      description: getParameter(parameters, 'AccountDescription') ?? '',
    });
    if (accounts.size > ACCOUNTS_MAX) {
      return createRefusal(
        403,
        'AccountLimitExceeded',
        'The maximum number of accounts is exceeded.',
      );
    }
    const body = { InstanceId: instance.id, AcountName: name, AccountName: name };
    return { features: { accounts }, body };
  },
});
