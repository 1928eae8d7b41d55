import type { CreateChunkInput, SettleInput } from '../contract/activity-types';
import { toMatches } from '../contract/instance-match';
import type { BatchRequest, Group, Placement } from '../domain/batch-request';
import { createCreateBody, hashBody } from '../domain/create-body';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { ChunkPath, HomeChunk } from '../domain/home-chunk-state';
import { toIdentity } from '../domain/plan';
import { toToken } from '../domain/token';

/** What all chunks of a run have in common. */
export interface ChunkContext {
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
  readonly generation: number;
}

/** The frozen input of a create activity: a pure function of the state (rule R1). */
export function toCreateInput(
  context: ChunkContext,
  home: HomeChunk,
  { path, ignoreIds }: { path: ChunkPath; ignoreIds: readonly string[] },
): CreateChunkInput {
  const group = getGroup(context.request, home.group);
  const placement = getPlacement(group, path.placement);
  const body = createCreateBody({ group, placement, name: home.name, quantity: path.count });
  return {
    account: context.frozen.account,
    region: placement.region,
    engine: group.spec.engine,
    token: toToken({
      identity: toIdentity(context.request, context.frozen),
      generation: context.generation,
      path: path.name,
      epoch: path.epoch,
      bodyHash: hashBody(body),
    }),
    body,
    name: home.name,
    quantity: path.count,
    ignoreIds,
    proof: path.proof,
    matches: toMatches(group),
    isUnpaidOrder: group.spec.chargeType === 'PrePaid' && !group.spec.autoPay,
  };
}

/** The input of a settle of a home chunk. */
export function toSettleInput(context: ChunkContext, home: HomeChunk): SettleInput {
  const group = getGroup(context.request, home.group);
  return {
    account: context.frozen.account,
    region: getPlacement(group, 0).region,
    engine: group.spec.engine,
    name: home.name,
    since: home.since,
    matches: toMatches(group),
  };
}

/** The group at this index of the request. */
export function getGroup(request: BatchRequest, index: number): Group {
  const group = request.groups[index];
  if (group === undefined) throw new Error(`the request has no group ${index}`);
  return group;
}

/** The placement of this rank. */
export function getPlacement(group: Group, rank: number): Placement {
  const placement = group.placements[rank];
  if (placement === undefined) throw new Error(`group ${group.name} has no placement ${rank}`);
  return placement;
}
