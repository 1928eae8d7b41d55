import { createKvStoreInstance, currentStatus } from '../actions/instance-view';
import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';

/**
 * All instances as the control API lists them: what DescribeInstances would say, at once and of
 * all accounts, with the order and the account besides, and whether a password was set. Released ones come last.
 *
 * @param status - only instances in this status; undefined: all
 */
export function* listInstances(
  state: EmulatorState,
  status: string | undefined,
): Generator<Record<string, unknown>> {
  const living = status === 'Released' ? [] : [...state.store.listLiving()];
  const released = status === undefined || status === 'Released' ? state.store.listReleased() : [];
  for (const instance of [...living, ...released]) {
    if (status === undefined || currentStatus(instance, state) === status) {
      yield toListed(instance, state);
    }
  }
}

function toListed(instance: Instance, state: EmulatorState): Record<string, unknown> {
  return {
    ...createKvStoreInstance(instance, state),
    OrderId: instance.spec.orderId,
    AccountId: instance.spec.accountId,
    passwordSet: instance.settings.isPasswordSet,
  };
}
