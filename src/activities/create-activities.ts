import type { CloudActivities, MainActivities, WaitActivities } from '../contract/activity-types';
import { createAdmit } from './admit';
import { createAudit } from './audit';
import { createAwaitReady } from './await-ready';
import { createControl } from './control';
import { createCreateChunk } from './create-chunk';
import type { ActivityDependencies } from './dependencies';
import { createFinish } from './finish';
import { createProve } from './prove';
import { createSettle } from './settle';

/** Activities of the main queue: cheap ones. */
export function createMainActivities(dependencies: ActivityDependencies): MainActivities {
  return { admit: createAdmit(dependencies), finish: createFinish(dependencies) };
}

/** Activities of the cloud queue: calls that create or look. */
export function createCloudActivities(dependencies: ActivityDependencies): CloudActivities {
  return {
    prove: createProve(dependencies),
    createChunk: createCreateChunk(dependencies),
    settle: createSettle(dependencies),
    control: createControl(dependencies),
    audit: createAudit(dependencies),
  };
}

/** Activities of the wait queue: long waits, which must not starve creates. */
export function createWaitActivities(dependencies: ActivityDependencies): WaitActivities {
  return { awaitReady: createAwaitReady(dependencies) };
}
