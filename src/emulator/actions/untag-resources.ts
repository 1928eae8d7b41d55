import { readNumbered } from '../protocol/numbered-parameters';
import { getParameter } from '../protocol/parameters';
import { createPlainAnswer, KVSTORE } from './action';
import type { Action, ActionCall, ActionResult } from './action';
import { checkTagCall, createMissingTagOrResource, findTaggedInstances } from './tagged-resources';

/** UntagResources: takes the named keys, or all tags, off up to 50 instances. */
export const untagResourcesAction: Action = { name: 'UntagResources', product: KVSTORE, run };

function run(call: ActionCall): ActionResult {
  const refusal = checkTagCall(call.parameters);
  if (refusal !== undefined) return refusal;
  const keys = new Set(readNumbered(call.parameters, 'TagKey'));
  const isAll = getParameter(call.parameters, 'All')?.toLowerCase() === 'true';
  const instances = findTaggedInstances(call);
  if ('kind' in instances) return instances;
  if ((keys.size === 0 && !isAll) || instances.length === 0) return createMissingTagOrResource();
  for (const instance of instances) {
    const kept = [...instance.settings.tags].filter(([key]) => keys.size > 0 && !keys.has(key));
    const settings = { ...instance.settings, tags: new Map(kept) };
    call.state.store.change(instance, settings, instance.busyUntilMs);
  }
  return createPlainAnswer();
}
