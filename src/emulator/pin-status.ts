import { giveBackResources } from './actions/account-checks';
import type { EmulatorState } from './emulator-state';
import type { Instance } from './instance';
import type { InstanceStatus } from './instance-life';

/**
 * Makes a living instance show a status, whatever its life would have it show.
 *
 * @param status - `Released`: it is gone at once and for good, as if nobody had ordered it, with no
 *   way back by the recycle bin; null: it shows again what its life has it show
 */
export function pinStatus(
  instance: Instance,
  status: InstanceStatus | null,
  state: EmulatorState,
): void {
  const { pinnedStatuses, queries } = state;
  if (status === null || status === 'Released') pinnedStatuses.delete(instance.id);
  else pinnedStatuses.set(instance.id, status);
  if (status === 'Released') vanish(instance, state);
  queries.forget();
}

function vanish(instance: Instance, state: EmulatorState): void {
  state.store.release(instance, state.nowMs());
  state.store.destroy(instance.id);
  giveBackResources(instance.spec, state);
}
