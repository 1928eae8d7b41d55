import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import type { InstanceSettings } from '../instance-settings';
import { getParameter } from '../protocol/parameters';
import { createMissing, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { ActionCall } from './action';
import { currentStatus } from './instance-view';
import { findOwnInstance } from './own-instance';
import type { OwnInstance } from './own-instance';

/**
 * The codes of an operation on an instance that another modification holds, as the operation's
 * page lists them (API metadata, 2024-07-30). The texts are ours.
 */
export type BusyCode = 'TaskExists' | 'LockTimeout';

const BUSY_MESSAGES: Readonly<Record<BusyCode, string>> = {
  TaskExists: 'Specified task has existed.',
  LockTimeout: 'Another task holds the lock of the instance. Try again later.',
};

/** Finds the instance of a modification. It must be Normal: only then can it be changed. */
export function findModifiable(call: ActionCall, busyCode: BusyCode): OwnInstance | Refusal {
  const id = getParameter(call.parameters, 'InstanceId');
  if (id === undefined) return createMissing('InstanceId');
  const found = findOwnInstance(id, call);
  if (found.kind === 'refusal') return found;
  const status = currentStatus(found.instance, call.state);
  if (status === 'Normal') return found;
  if (status === 'Changing') return createRefusal(400, busyCode, BUSY_MESSAGES[busyCode]);
  return createRefusal(
    403,
    'IncorrectDBInstanceState',
    'Current DB instance state does not support this operation.',
  );
}

/** Changes settings, after which the instance is Changing for the configured time. */
export function modify(
  instance: Instance,
  change: Partial<InstanceSettings>,
  state: EmulatorState,
): void {
  const { busyTimeMs, timeScale } = state.config;
  const busyUntilMs = state.nowMs() + busyTimeMs / timeScale;
  state.store.change(instance, { ...instance.settings, ...change }, busyUntilMs);
}
