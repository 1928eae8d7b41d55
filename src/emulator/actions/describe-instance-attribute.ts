import { createInstanceRead } from './instance-read';
import { createInstanceAttribute } from './instance-view';

/** DescribeInstanceAttribute: one instance in full. It sees a new instance at once (a guess). */
export const describeInstanceAttributeAction = createInstanceRead({
  name: 'DescribeInstanceAttribute',
  ignored: ['ResourceGroupId'],
  view: (instance, { state }) => {
    instance.reads += 1;
    return { Instances: { DBInstanceAttribute: [createInstanceAttribute(instance, state)] } };
  },
});
