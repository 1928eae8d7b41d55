import type { Instance } from '../instance';
import { createRefusal } from '../refusal';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { optionals } from './action-parameters';
import { readTags, TAGS_MAX } from './tag-parameters';
import {
  checkTagCall,
  createMissingTagOrResource,
  findTaggedInstances,
  TAG_CALL_PARAMETERS,
} from './tagged-resources';

/**
 * TagResources: the same tags on up to 50 instances, all or none. A key that is there already gets
 * the new value. Tags are no modification: they work in every status and make no instance busy.
 */
export const tagResourcesAction: Action = {
  name: 'TagResources',
  product: KVSTORE,
  source: 'sdk',
  parameters: [...TAG_CALL_PARAMETERS, ...optionals('Tag.N.Key', 'Tag.N.Value')],
  run,
};

function run(call: ActionCall): ActionResult {
  const refusal = checkTagCall(call.parameters);
  if (refusal !== undefined) return refusal;
  const tags = readTags(call.parameters);
  if ('kind' in tags) return tags;
  const instances = findTaggedInstances(call);
  if ('kind' in instances) return instances;
  if (tags.size === 0 || instances.length === 0) return createMissingTagOrResource();
  const merged = instances.map((instance) => mergeTags(instance, tags));
  if (merged.some(({ size }) => size > TAGS_MAX)) {
    return createRefusal(
      400,
      'OperationDenied.QuotaExceed',
      'The maximum number of tags of a resource is exceeded.',
    );
  }
  for (const [index, instance] of instances.entries()) {
    const settings = { ...instance.settings, tags: merged[index] ?? tags };
    call.state.store.change(instance, { settings });
  }
  return createPlainAnswer();
}

function mergeTags({ settings }: Instance, tags: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...settings.tags, ...tags]);
}
