import { createUnknownAccount, hasAccount } from './accounts/instance-accounts';
import { ignored, required } from './action-parameters';
import { createModification } from './modification';
import { isPassword } from './value-rules';

/**
 * ResetAccountPassword: of the account that is named like the instance, the `UserName` that the
 * Describe operations show, or of one made with CreateAccount. The password is not kept, only that
 * one was set.
 */
export const resetAccountPasswordAction = createModification({
  name: 'ResetAccountPassword',
  parameters: [
    required('AccountName'),
    required('AccountPassword', isPassword, 'InvalidAccountPassword.Format'),
    ...ignored('SourceBiz'),
  ],
  change: (instance, { parameters }) => {
    const name = parameters.get('AccountName') ?? '';
    if (name === instance.id) return { settings: { isPasswordSet: true } };
    return hasAccount(instance, name) ? {} : createUnknownAccount();
  },
});
