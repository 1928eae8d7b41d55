import type { InstanceSettings } from '../instance-settings';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { createPlainAnswer, KVSTORE } from './action';
import type { Action, ActionCall, ActionResult } from './action';
import { findModifiable, modify } from './modification';
import { isBooleanText, isInstanceName, isPassword } from './value-rules';

/** ModifyInstanceAttribute: name, password and release protection, one or several at once. */
export const modifyInstanceAttributeAction: Action = {
  name: 'ModifyInstanceAttribute',
  product: KVSTORE,
  run,
};

function run(call: ActionCall): ActionResult {
  const refusal = checkValues(call.parameters);
  if (refusal !== undefined) return refusal;
  const found = findModifiable(call, 'TaskExists');
  if (found.kind === 'refusal') return found;
  const change = readChange(call.parameters);
  if (change.isReleaseProtected === true && found.instance.spec.chargeType !== 'PostPaid') {
    return createInvalid('InvalidParameter', 'InstanceReleaseProtection');
  }
  modify(found.instance, change, call.state);
  return createPlainAnswer();
}

function checkValues(parameters: Parameters): Refusal | undefined {
  const name = getParameter(parameters, 'InstanceName');
  const password = getParameter(parameters, 'NewPassword');
  const protection = getParameter(parameters, 'InstanceReleaseProtection');
  if (name === undefined && password === undefined && protection === undefined) {
    return createRefusal(
      400,
      'MissingParameter',
      'InstanceName, NewPassword or InstanceReleaseProtection is mandatory for this action.',
    );
  }
  if (name !== undefined && !isInstanceName(name)) {
    return createInvalid('InvalidInstanceName.Malformed', 'InstanceName');
  }
  if (password !== undefined && !isPassword(password)) {
    return createInvalid('InvalidPassword.Malformed', 'NewPassword');
  }
  return protection === undefined || isBooleanText(protection)
    ? undefined
    : createInvalid('InvalidParameter', 'InstanceReleaseProtection');
}

function readChange(parameters: Parameters): Partial<InstanceSettings> {
  const name = getParameter(parameters, 'InstanceName');
  const protection = getParameter(parameters, 'InstanceReleaseProtection');
  return {
    ...(name === undefined ? {} : { name }),
    ...(getParameter(parameters, 'NewPassword') === undefined ? {} : { isPasswordSet: true }),
    ...(protection === undefined
      ? {}
      : { isReleaseProtected: protection.toLowerCase() === 'true' }),
  };
}
