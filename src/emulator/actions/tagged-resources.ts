import type { Instance } from '../instance';
import { readNumbered } from '../protocol/numbered-parameters';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { ActionCall } from './action';
import { optional, required } from './action-parameters';
import type { ActionParameter } from './action-parameters';

/** TagResources page: at most 50 instances a call. */
const RESOURCES_MAX = 50;

/** What all tag operations share: region, kind of resource, ids. */
export const TAG_CALL_PARAMETERS: readonly ActionParameter[] = [
  required('RegionId'),
  required('ResourceType', isInstance, 'InvalidParameter.ResourceType'),
  optional('ResourceId.N'),
];

function isInstance(text: string): boolean {
  return text.toUpperCase() === 'INSTANCE';
}

/** Checks the number of ids. */
export function checkTagCall(parameters: Parameters): Refusal | undefined {
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
