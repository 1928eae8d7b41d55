import type { CloudActivities, MainActivities, WaitActivities } from '../contract/activity-types';
import type { FollowUpActivities } from '../contract/follow-up-types';
import type { NotifyActivities } from '../contract/notify-types';
import type {
  OperationCloudActivities,
  OperationMainActivities,
} from '../contract/operation-types';
import type { PreflightActivities } from '../contract/preflight-types';
import type { SurveyActivities } from '../contract/survey-types';
import type { SweepCloudActivities, SweepMainActivities } from '../contract/sweep-types';
import { createAdmit } from './admit';
import { createAudit } from './audit';
import { createAwaitReady } from './await-ready';
import { createControl } from './control';
import { createCreateChunk } from './create-chunk';
import type { ActivityDependencies } from './dependencies';
import { createFinish } from './finish';
import { createFollowUpActivities } from './follow-ups';
import { withHeartbeat } from './heartbeat';
import {
  createOperationCloudActivities,
  createOperationMainActivities,
} from './operation-activities';
import { createNotify } from './notify';
import { createProve } from './prove';
import { createSettle } from './settle';
import { createStoreShard } from './store-shard';
import { createSurvey } from './survey';
import { createWatchShards } from './watch-shards';

/** Activities of the main queue: cheap ones. */
export function createMainActivities(
  dependencies: ActivityDependencies,
): MainActivities & NotifyActivities & OperationMainActivities & SweepMainActivities {
  return {
    ...createOperationMainActivities(dependencies),
    admit: withBeat(createAdmit(dependencies)),
    storeShard: withBeat(createStoreShard(dependencies)),
    finish: withBeat(createFinish(dependencies)),
    notify: createNotify(dependencies),
  };
}

/** Activities of the cloud queue: calls that create or look. */
export function createCloudActivities(
  dependencies: ActivityDependencies,
): CloudActivities &
  FollowUpActivities &
  OperationCloudActivities &
  PreflightActivities &
  SurveyActivities &
  SweepCloudActivities {
  return {
    ...createFollowUpActivities(dependencies),
    ...createOperationCloudActivities(dependencies),
    prove: withBeat(createProve(dependencies)),
    createChunk: createCreateChunk(dependencies),
    settle: withBeat(createSettle(dependencies)),
    control: createControl(dependencies),
    audit: withBeat(createAudit(dependencies)),
    survey: createSurvey(dependencies),
  };
}

/** Activities of the wait queue: long waits, which must not starve creates. */
export function createWaitActivities(dependencies: ActivityDependencies): WaitActivities {
  return {
    awaitReady: createAwaitReady(dependencies),
    watchShards: createWatchShards(dependencies),
  };
}

/** Lets the server notice within seconds that a worker died in the middle of it. */
function withBeat<I, A>(activity: (input: I) => Promise<A>): (input: I) => Promise<A> {
  return (input) => withHeartbeat(() => activity(input));
}
