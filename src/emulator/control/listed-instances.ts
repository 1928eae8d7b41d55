import { createKvStoreInstance, currentStatus } from '../actions/instance-view';
import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import { toInstanceState } from '../instance-state';
import type { InstanceState } from '../instance-state';
import type { InstancesQuery } from './instances-query';

/**
 * Instances as the control API lists them: what DescribeInstances would say, at once and of all
 * accounts, with the order and the account besides, and whether a password was set and the status is
 * pinned. In order of
 * creation, released ones too, so that a page begins after the same instance whatever became of it.
 */
export function* listInstances(
  state: EmulatorState,
  query: InstancesQuery,
): Generator<Record<string, unknown>> {
  const { after, limit = Infinity } = query;
  const lastOrdinal = after === undefined ? -1 : (findAny(after, state)?.ordinal ?? -1);
  let shown = 0;
  for (const instance of inOrder(state)) {
    if (shown >= limit) return;
    if (instance.ordinal <= lastOrdinal || !isAskedFor(instance, state, query)) continue;
    shown += 1;
    yield toListed(instance, state);
  }
}

/** An instance by its id, deleted or not. */
export function findAny(id: string, { store }: EmulatorState): Instance | undefined {
  return store.find(id) ?? store.findReleased(id);
}

function inOrder({ store }: EmulatorState): readonly Instance[] {
  const living = [...store.listLiving()];
  if (store.releasedCount === 0) return living;
  return [...living, ...store.listReleased()].sort((a, b) => a.ordinal - b.ordinal);
}

function isAskedFor(instance: Instance, state: EmulatorState, query: InstancesQuery): boolean {
  if (query.find !== undefined && !isNamed(instance, query.find)) return false;
  if (query.status === undefined && query.state === undefined) return true;
  const status = currentStatus(instance, state);
  if (query.status !== undefined && status !== query.status) return false;
  return query.state === undefined || isInState(toInstanceState(status), query.state);
}

function isInState(state: InstanceState, wanted: InstanceState | 'live'): boolean {
  return wanted === 'live' ? state !== 'deleted' : state === wanted;
}

function isNamed({ id, settings }: Instance, text: string): boolean {
  return id.includes(text) || settings.name.includes(text);
}

/** One of them. */
export function toListed(instance: Instance, state: EmulatorState): Record<string, unknown> {
  return {
    ...createKvStoreInstance(instance, state),
    OrderId: instance.spec.orderId,
    AccountId: instance.spec.accountId,
    passwordSet: instance.settings.isPasswordSet,
    pinned: state.pinnedStatuses.has(instance.id),
  };
}
