import type {
  OperationCloudActivities,
  OperationMainActivities,
} from '../contract/operation-types';
import { createCheckAccounts } from './check-accounts';
import type { ActivityDependencies } from './dependencies';
import { createDescribeWorker } from './describe-worker';
import { withHeartbeat } from './heartbeat';
import { createOpenRelease } from './open-release';
import { createReconcile } from './reconcile';
import { createRecordRelease } from './record-release';
import { createReleaseSlice } from './release-slice';

/** Activities of operations on the main queue. */
export function createOperationMainActivities(
  dependencies: ActivityDependencies,
): OperationMainActivities {
  const openRelease = createOpenRelease(dependencies);
  const recordRelease = createRecordRelease(dependencies);
  return {
    openRelease: (input) => withHeartbeat(() => openRelease(input)),
    recordRelease: (input) => withHeartbeat(() => recordRelease(input)),
    describeWorker: createDescribeWorker(dependencies),
  };
}

/** Activities of operations on the cloud queue. */
export function createOperationCloudActivities(
  dependencies: ActivityDependencies,
): OperationCloudActivities {
  const checkAccounts = createCheckAccounts(dependencies);
  return {
    releaseSlice: createReleaseSlice(dependencies),
    reconcile: createReconcile(dependencies),
    checkAccounts: (input) => withHeartbeat(() => checkAccounts(input)),
  };
}
