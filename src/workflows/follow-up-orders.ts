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
  const { passwordFrom, tags, securityIps } = getGroup(request, place.group).followUps ?? {};
  switch (place.step) {
    case 'password':
      return activities.resetPasswords({ ...target, passwordFrom: asked(passwordFrom, place) });
    case 'tags':
      return activities.tagInstances({
        ...target,
        tags: toInstanceTags(asked(tags, place), toIdentity(request, frozen)),
      });
    case 'whitelist':
      return activities.setSecurityIps({ ...target, ips: asked(securityIps, place) });
  }
}

function asked<T>(value: T | undefined, { group, step }: StepPlace): T {
  if (value === undefined) throw new Error(`group ${group} asks for no follow-up ${step}`);
  return value;
}
