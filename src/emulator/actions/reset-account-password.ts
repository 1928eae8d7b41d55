import { changePassword } from './accounts/instance-accounts';
import { ignored, required } from './action-parameters';
import { createModification } from './modification';
import { isPassword } from './value-rules';

/** ResetAccountPassword: a new password without the old one. */
export const resetAccountPasswordAction = createModification({
  name: 'ResetAccountPassword',
  parameters: [
    required('AccountName'),
    required('AccountPassword', isPassword, 'InvalidAccountPassword.Format'),
    ...ignored('SourceBiz'),
  ],
  change: (instance, { parameters }) =>
    changePassword(instance, parameters.get('AccountName') ?? ''),
});
