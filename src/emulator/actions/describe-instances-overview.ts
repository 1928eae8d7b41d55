import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { FILTER_PARAMETERS, findInstances } from './instance-filters';
import { createKvStoreInstance } from './instance-view';

/** Members of an element (SDK 6.4.0); it has no tags and no sizes besides the capacity. */
const MEMBERS = [
  ...['InstanceId', 'InstanceName', 'InstanceStatus', 'InstanceClass', 'InstanceType'],
  ...['ArchitectureType', 'NodeType', 'EngineVersion', 'Capacity', 'ChargeType', 'CreateTime'],
  ...['EndTime', 'ConnectionDomain', 'PrivateIp', 'NetworkType', 'VpcId', 'VSwitchId'],
  ...['RegionId', 'ZoneId', 'SecondaryZoneId', 'ResourceGroupId', 'GlobalInstanceId'],
];

/** DescribeInstancesOverview: all matches in one plain list, without pages. */
export const describeInstancesOverviewAction: Action = {
  name: 'DescribeInstancesOverview',
  product: KVSTORE,
  source: 'sdk',
  parameters: FILTER_PARAMETERS,
  run,
};

function run(call: ActionCall): ActionResult {
  const found = findInstances(call);
  if ('kind' in found) return found;
  for (const instance of found) instance.reads += 1;
  return createPlainAnswer({
    TotalCount: found.length,
    Instances: found.map((instance) => createOverview(instance, call.state)),
  });
}

function createOverview(instance: Instance, state: EmulatorState): Record<string, unknown> {
  const full = createKvStoreInstance(instance, state);
  return Object.fromEntries(MEMBERS.map((name) => [name, full[name]]));
}
