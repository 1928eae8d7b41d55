import type { InstanceSettings } from '../instance-settings';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createRefusal } from '../refusal';
import { optional } from './action-parameters';
import { createModification } from './modification';
import { isTrue } from './flag';
import { isBooleanText, isInstanceName, isPassword } from './value-rules';

/** ModifyInstanceAttribute: name, password and release protection, one or several at once. */
export const modifyInstanceAttributeAction = createModification({
  name: 'ModifyInstanceAttribute',
  parameters: [
    optional('InstanceName', isInstanceName, 'InvalidInstanceName.Malformed'),
    optional('NewPassword', isPassword, 'InvalidPassword.Malformed'),
    optional('InstanceReleaseProtection', isBooleanText),
  ],
  change: ({ spec }, { parameters }) => {
    const settings = readChange(parameters);
    if (Object.keys(settings).length === 0) {
      return createRefusal(
        400,
        'MissingParameter',
        'InstanceName, NewPassword or InstanceReleaseProtection is mandatory for this action.',
      );
    }
    return settings.isReleaseProtected === true && spec.chargeType !== 'PostPaid'
      ? createInvalid('InvalidParameter', 'InstanceReleaseProtection')
      : { settings };
  },
});

function readChange(parameters: Parameters): Partial<InstanceSettings> {
  const name = getParameter(parameters, 'InstanceName');
  const protects = getParameter(parameters, 'InstanceReleaseProtection') !== undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(getParameter(parameters, 'NewPassword') === undefined ? {} : { isPasswordSet: true }),
    ...(protects ? { isReleaseProtected: isTrue(parameters, 'InstanceReleaseProtection') } : {}),
  };
}
