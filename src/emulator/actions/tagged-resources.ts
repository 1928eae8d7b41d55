import type { Instance } from '../instance';
import { readNumbered } from '../protocol/numbered-parameters';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid, createMissing, createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { ActionCall } from './action';

/** TagResources page: at most 50 instances a call. */
const RESOURCES_MAX = 50;

/** Checks region, resource type and number of ids: what all tag operations share. */
export function checkTagCall(parameters: Parameters): Refusal | undefined {
  if (getParameter(parameters, 'RegionId') === undefined) return createMissing('RegionId');
  const type = getParameter(parameters, 'ResourceType');
  if (type === undefined) return createMissing('ResourceType');
  if (type.toUpperCase() !== 'INSTANCE') {
    return createInvalid('InvalidParameter.ResourceType', 'ResourceType');
  }
  if (readNumbered(parameters, 'ResourceId').length <= RESOURCES_MAX) return undefined;
  return createRefusal(
    400,
    'NumberExceed.ResourceIds',
    'The maximum number of ResourceIds is exceeded.',
  );
}

/**
 * The instances that `ResourceId.N` names: each once, all of them known, of the calling account and
 * in the region of the call.
 */
export function findTaggedInstances(call: ActionCall): readonly Instance[] | Refusal {
  const { account, parameters, state } = call;
  const regionId = getParameter(parameters, 'RegionId');
  const instances: Instance[] = [];
  for (const id of new Set(readNumbered(parameters, 'ResourceId'))) {
    const instance = state.store.find(id);
    const isOwn = instance?.spec.accountId === account.accountId;
    if (instance === undefined || !isOwn || instance.spec.regionId !== regionId) {
      return createUnknownResource();
    }
    instances.push(instance);
  }
  return instances;
}

/** The tag operations spell this code in a way of their own (API metadata, 2024-07-30). */
function createUnknownResource(): Refusal {
  return createRefusal(
    404,
    'InvalidDbInstanceId.NotFound',
    'The DbInstanceId provided does not exist in our records.',
  );
}

/** Neither a resource nor a tag is named. */
export function createMissingTagOrResource(): Refusal {
  return createRefusal(
    400,
    'MissParameter.TagOrResourceId',
    'The parameter ResourceId or Tag is mandatory for this action.',
  );
}
