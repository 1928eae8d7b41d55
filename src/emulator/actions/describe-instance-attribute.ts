import { getParameter } from '../protocol/parameters';
import { createMissing } from '../refusal';
import { createPlainAnswer, KVSTORE } from './action';
import type { Action, ActionCall, ActionResult } from './action';
import { findOwnInstance } from './own-instance';
import { createInstanceAttribute } from './instance-view';

/** DescribeInstanceAttribute: one instance in full. It sees a new instance at once (a guess). */
export const describeInstanceAttributeAction: Action = {
  name: 'DescribeInstanceAttribute',
  product: KVSTORE,
  run,
};

function run(call: ActionCall): ActionResult {
  const id = getParameter(call.parameters, 'InstanceId');
  if (id === undefined) return createMissing('InstanceId');
  const instance = findOwnInstance(id, call);
  if (instance.kind === 'refusal') return instance;
  instance.instance.reads += 1;
  return createPlainAnswer({
    Instances: { DBInstanceAttribute: [createInstanceAttribute(instance.instance, call.state)] },
  });
}
