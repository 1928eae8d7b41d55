import type {
  OperationCloudActivities,
  OperationMainActivities,
} from '../contract/operation-types';
import type { PreflightActivities } from '../contract/preflight-types';
import type { SweepCloudActivities, SweepMainActivities } from '../contract/sweep-types';
import { createCheckAccounts } from './check-accounts';
import type { ActivityDependencies } from './dependencies';
import { createDescribeWorker } from './describe-worker';
import { withHeartbeat } from './heartbeat';
import { createOpenRelease } from './open-release';
import { createPreflight } from './preflight';
import { createReconcile } from './reconcile';
import { createRecordOrphans } from './record-orphans';
import { createRecordRelease } from './record-release';
import { createReleaseSlice } from './release-slice';
import { createSweep } from './sweep';

/** Activities of operations on the main queue. */
export function createOperationMainActivities(
  dependencies: ActivityDependencies,
): OperationMainActivities & SweepMainActivities {
  const openRelease = createOpenRelease(dependencies);
  const recordRelease = createRecordRelease(dependencies);
  const recordOrphans = createRecordOrphans(dependencies);
  return {
    openRelease: (input) => withHeartbeat(() => openRelease(input)),
    recordRelease: (input) => withHeartbeat(() => recordRelease(input)),
    recordOrphans: (input) => withHeartbeat(() => recordOrphans(input)),
    describeWorker: createDescribeWorker(dependencies),
  };
}

/** Activities of operations on the cloud queue. */
export function createOperationCloudActivities(
  dependencies: ActivityDependencies,
): OperationCloudActivities & PreflightActivities & SweepCloudActivities {
  const checkAccounts = createCheckAccounts(dependencies);
  return {
    releaseSlice: createReleaseSlice(dependencies),
    preflight: createPreflight(dependencies),
    reconcile: createReconcile(dependencies),
    sweep: createSweep(dependencies),
    checkAccounts: (input) => withHeartbeat(() => checkAccounts(input)),
  };
}
