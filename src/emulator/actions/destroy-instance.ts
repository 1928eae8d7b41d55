import { KVSTORE } from './action';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { createPlainAnswer } from '../action-result';
import { required } from './action-parameters';
import { createUnknownInstance } from './own-instance';
import { findInRecycleBin } from './restore-source';

/** DestroyInstance: takes a deleted instance out of the recycle bin, for good. */
export const destroyInstanceAction: Action = {
  name: 'DestroyInstance',
  product: KVSTORE,
  source: 'sdk',
  parameters: [required('InstanceId')],
  run,
};

function run({ account, parameters, state }: ActionCall): ActionResult {
  const id = parameters.get('InstanceId') ?? '';
  const found = findInRecycleBin(id, state);
  if (found?.spec.accountId !== account.accountId) return createUnknownInstance();
  state.store.destroy(id);
  return createPlainAnswer();
}
