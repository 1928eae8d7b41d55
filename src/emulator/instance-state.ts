import { isBuilt, isStopped } from './instance-life';
import type { InstanceStatus } from './instance-life';

/** What the statuses come down to for a person; all but the last are alive. */
export const INSTANCE_STATES = ['creating', 'normal', 'failed', 'deleted'] as const;

/** One of them: the control API counts by it and lists by it. */
export type InstanceState = (typeof INSTANCE_STATES)[number];

/** Which state a status belongs to: an instance that is being changed serves, and so is normal. */
export function toInstanceState(status: InstanceStatus): InstanceState {
  if (status === 'Released') return 'deleted';
  if (status === 'Error' || isStopped(status)) return 'failed';
  return isBuilt(status) ? 'normal' : 'creating';
}
