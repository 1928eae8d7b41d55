import { readNumbered } from '../protocol/numbered-parameters';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { optional } from './action-parameters';
import { isTrue } from './flag';
import {
  checkTagCall,
  createMissingTagOrResource,
  findTaggedInstances,
  TAG_CALL_PARAMETERS,
} from './tagged-resources';
import { isBooleanText } from './value-rules';

/** UntagResources: takes the named keys, or all tags, off up to 50 instances. */
export const untagResourcesAction: Action = {
  name: 'UntagResources',
  product: KVSTORE,
  source: 'sdk',
  parameters: [...TAG_CALL_PARAMETERS, optional('All', isBooleanText), optional('TagKey.N')],
  run,
};

function run(call: ActionCall): ActionResult {
  const refusal = checkTagCall(call.parameters);
  if (refusal !== undefined) return refusal;
  const keys = new Set(readNumbered(call.parameters, 'TagKey'));
  const isAll = isTrue(call.parameters, 'All');
  const instances = findTaggedInstances(call);
  if ('kind' in instances) return instances;
  if ((keys.size === 0 && !isAll) || instances.length === 0) return createMissingTagOrResource();
  for (const instance of instances) {
    const kept = [...instance.settings.tags].filter(([key]) => keys.size > 0 && !keys.has(key));
    const settings = { ...instance.settings, tags: new Map(kept) };
    call.state.store.change(instance, { settings });
  }
  return createPlainAnswer();
}
