import type { FollowUpAnswer, FollowUpTarget } from '../contract/follow-up-types';
import { toInstanceTags } from '../domain/follow-up-tags';
import type { Tuning } from '../domain/frozen-plan';
import { toIdentity, type ShardSlice } from '../domain/plan';
import { followUpActivities } from './activity-options';
import { getGroup, type ChunkContext } from './chunk-input';
import type { StepPlace } from './follow-ups';
import type { RunTally } from './run-tally';

/** What is the same for all follow-ups of a shard. */
export interface FollowUpOrderContext {
  readonly context: ChunkContext;
  readonly slice: ShardSlice;
  readonly tuning: Tuning;
  readonly tally: RunTally;
}

/** Makes one step for these instances. */
export async function orderFollowUp(
  { context, slice, tuning, tally }: FollowUpOrderContext,
  place: StepPlace,
  ids: readonly string[],
): Promise<FollowUpAnswer> {
  const { request, frozen } = context;
  const { name } = getGroup(request, place.group);
  const summary = `${place.step} of ${ids.length} instances of ${name}`;
  const answer = await runStep(
    followUpActivities({ summary, tenant: request.tenant }, tuning),
    { context, place },
    {
      account: frozen.account,
      region: slice.region,
      ids,
      deadlineAtMs: Date.now() + request.policy.readyDeadlineMs,
    },
  );
  tally.add(answer);
  return answer;
}

function runStep(
  activities: ReturnType<typeof followUpActivities>,
  { context, place }: { readonly context: ChunkContext; readonly place: StepPlace },
  target: FollowUpTarget,
): Promise<FollowUpAnswer> {
  const { request, frozen } = context;
  const { spec, followUps = {} } = getGroup(request, place.group);
  const { engine } = spec;
  switch (place.step) {
    case 'password':
      return activities.resetPasswords({
        ...target,
        passwordFrom: asked(followUps.passwordFrom, place),
      });
    case 'parameters':
      return activities.setParameters({
        ...{ ...target, engine },
        parameters: asked(followUps.parameters, place),
      });
    case 'maintenance':
      return activities.setMaintenanceWindow({
        ...target,
        window: asked(followUps.maintenanceWindow, place),
      });
    case 'resourceGroup':
      return activities.moveToResourceGroup({
        ...target,
        resourceGroupId: asked(followUps.resourceGroupId, place),
      });
    case 'tags':
      return activities.tagInstances({
        ...target,
        tags: toInstanceTags(asked(followUps.tags, place), toIdentity(request, frozen)),
      });
    case 'protection':
      return activities.protectFromRelease(target);
    case 'whitelist':
      return activities.setSecurityIps({ ...target, ips: asked(followUps.securityIps, place) });
    case 'ping':
      return activities.pingInstances({
        ...{ ...target, engine },
        transport: asked(followUps.ping, place),
        passwordFrom: followUps.passwordFrom ?? null,
      });
  }
}

function asked<T>(value: T | undefined, { group, step }: StepPlace): T {
  if (value === undefined) throw new Error(`group ${group} asks for no follow-up ${step}`);
  return value;
}
