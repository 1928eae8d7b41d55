import { getParameter } from '../protocol/parameters';
import { createInvalid, createMissing, createRefusal } from '../refusal';
import { createPlainAnswer, KVSTORE } from './action';
import type { Action, ActionCall, ActionResult } from './action';
import { findModifiable, modify } from './modification';
import { isPassword } from './value-rules';

/**
 * ResetAccountPassword. An instance has one account, named like itself: the `UserName` that the
 * Describe operations show. The password is not kept, only that one was set.
 */
export const resetAccountPasswordAction: Action = {
  name: 'ResetAccountPassword',
  product: KVSTORE,
  run,
};

function run(call: ActionCall): ActionResult {
  const accountName = getParameter(call.parameters, 'AccountName');
  const password = getParameter(call.parameters, 'AccountPassword');
  if (accountName === undefined) return createMissing('AccountName');
  if (password === undefined) return createMissing('AccountPassword');
  if (!isPassword(password)) {
    return createInvalid('InvalidAccountPassword.Format', 'AccountPassword');
  }
  const found = findModifiable(call, 'TaskExists');
  if (found.kind === 'refusal') return found;
  if (accountName !== found.instance.id) {
    return createRefusal(
      404,
      'InvalidAccountName.NotFound',
      'The AccountName provided does not exist in our records.',
    );
  }
  modify(found.instance, { isPasswordSet: true }, call.state);
  return createPlainAnswer();
}
