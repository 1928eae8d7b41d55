import { TAGGED_IDS_MAX, type InstanceCall } from '../cloud/follow-up-port';
import type { Answer } from '../cloud/port';
import type {
  FollowUpActivities,
  FollowUpAnswer,
  FollowUpTarget,
} from '../contract/follow-up-types';
import { pingInstances } from './ping-instances';
import { resetPasswords } from './reset-passwords';
import { runFollowUp, toPlace, type FollowUpDependencies } from './run-follow-up';
import { setParameters } from './set-parameters';

/** The activities that configure instances, one for each step. */
export function createFollowUpActivities(dependencies: FollowUpDependencies): FollowUpActivities {
  const { followUps } = dependencies;
  const runSingly = toSingles(dependencies);
  return {
    resetPasswords: (input) => resetPasswords(dependencies, input),
    setParameters: (input) => setParameters(dependencies, input),
    setMaintenanceWindow: (input) =>
      runSingly(input, 'ModifyInstanceMaintainTime', (call) =>
        followUps.setMaintenanceWindow({ ...call, window: input.window }),
      ),
    moveToResourceGroup: (input) =>
      runSingly(input, 'ModifyResourceGroup', (call) =>
        followUps.moveToResourceGroup({ ...call, resourceGroupId: input.resourceGroupId }),
      ),
    tagInstances: (input) =>
      runFollowUp(dependencies, input, {
        action: 'TagResources',
        idsPerCall: TAGGED_IDS_MAX,
        send: (ids, signal) =>
          followUps.tagInstances({ ...toPlace(input), ids, tags: input.tags, signal }),
      }),
    protectFromRelease: (input) =>
      runSingly(input, 'ModifyInstanceAttribute', (call) => followUps.protectFromRelease(call)),
    setSecurityIps: (input) =>
      runSingly(input, 'ModifySecurityIps', (call) =>
        followUps.setSecurityIps({ ...call, ips: input.ips }),
      ),
    pingInstances: (input) => pingInstances(dependencies, input),
  };
}

/** Steps that are one call of one operation for each instance. */
function toSingles(dependencies: FollowUpDependencies) {
  return (
    target: FollowUpTarget,
    action: string,
    send: (call: InstanceCall) => Promise<Answer<null>>,
  ): Promise<FollowUpAnswer> =>
    runFollowUp(dependencies, target, {
      action,
      idsPerCall: 1,
      send: ([id = ''], signal) => send({ ...toPlace(target), id, signal }),
    });
}
