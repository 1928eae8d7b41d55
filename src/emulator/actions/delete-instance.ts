import { createRefusal } from '../refusal';
import { giveBackResources } from './account-checks';
import { KVSTORE } from './action';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { ignored, required } from './action-parameters';
import { currentStatus } from './instance-view';
import { createWrongState } from './modification';
import { findNamedInstance } from './own-instance';

/** DeleteInstance: PostPaid and running ones only (DeleteInstance page). The second call is a 404. */
export const deleteInstanceAction: Action = {
  name: 'DeleteInstance',
  product: KVSTORE,
  source: 'sdk',
  parameters: [required('InstanceId'), ...ignored('GlobalInstanceId')],
  run,
};

function run(call: ActionCall): ActionResult {
  const found = findNamedInstance(call);
  if (found.kind === 'refusal') return found;
  const { instance } = found;
  const { state } = call;
  if (instance.spec.chargeType !== 'PostPaid') {
    return createRefusal(
      403,
      'IncorrectDBInstanceType',
      'Current DB instance type does not support this operation.',
    );
  }
  if (instance.settings.isReleaseProtected) {
    return createRefusal(
      403,
      'InstanceReleaseProtection',
      'The instance is under release protection and cannot be deleted.',
    );
  }
  if (!state.config.deletableStatuses.includes(currentStatus(instance, state))) {
    return createWrongState();
  }
  state.store.release(instance, state.nowMs());
  giveBackResources(instance.spec, state);
  return { kind: 'answer', body: {}, ids: [instance.id], committedIds: [instance.id] };
}
