import type { Instance } from '../instance';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { KVSTORE } from './action';
import type { Action, ActionCall } from './action';
import { ignored, optional, optionals, required } from './action-parameters';
import { createKvStoreInstance, domainOf, privateIpOf } from './instance-view';
import { toOrderNumber } from './order';
import { createOne } from './single-creation';
import { SINGLE_CREATION_PARAMETERS } from './single-creation-parameters';
import { toEntry } from './single-entry';
import { isIntegerIn, isOneOf } from './value-rules';

/** As this operation names them (API metadata, 2024-07-30). */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  'InvalidInstances.Malformed': createRefusal(
    400,
    'InvalidParameter',
    'A parameter of the instance is missing or not valid.',
  ),
  'InvalidZoneId.NotFound': createRefusal(
    400,
    'ZoneIdNotFound',
    'The ZoneId provided does not exist in our records.',
  ),
  'InvalidVpcIdRegion.NotSupported': createRefusal(
    404,
    'InvalidVpcIdOrVswitchId.NotSupported',
    'The Specified vpcId or vSwitchId not supported.',
  ),
  'InvalidCapacity.NotFound': createRefusal(
    404,
    'InvalidCapacity.NotFound',
    'The Capacity provided does not exist in our records.',
  ),
};

/**
 * CreateInstance: one open-source instance, classic or cloud-native, with tags and a dry run, which
 * CreateInstances has not.
 */
export const createInstanceAction: Action = {
  name: 'CreateInstance',
  product: KVSTORE,
  source: 'sdk',
  parameters: [
    required('RegionId'),
    ...SINGLE_CREATION_PARAMETERS,
    ...optionals('Token', 'InstanceType', 'InstanceClass', 'NetworkType', 'VpcId', 'VSwitchId'),
    optional('Capacity', isIntegerIn(1, 100_000_000)),
    optional('NodeType', isOneOf('MASTER_SLAVE', 'STAND_ALONE', 'double', 'single')),
    optional('Appendonly', isOneOf('yes', 'no')),
    ...ignored('GlobalInstance', 'DedicatedHostGroupId'),
  ],
  run: (call) =>
    createOne(call, {
      action: 'CreateInstance',
      parameter: 'Token',
      refusals: REFUSALS,
      sells: () => ({
        families: ['classic', 'cloud-native'],
        instanceTypes: ['Redis', 'Memcache'],
      }),
      toEntry: ({ parameters, state }) => toEntry(parameters, state.config.world),
      answer: createAnswer,
    }),
};

/** Members that the answer shares with DescribeInstances. */
const SHOWN = [
  ...['InstanceId', 'InstanceName', 'RegionId', 'ZoneId', 'VpcId', 'VSwitchId', 'NetworkType'],
  ...['Port', 'UserName', 'Capacity', 'QPS', 'Bandwidth', 'Connections', 'Config', 'ChargeType'],
  ...['NodeType', 'EndTime'],
];

/** Flat, and unlike that of CreateInstances with the order as a number and the address at once. */
function createAnswer(instance: Instance, { state }: ActionCall): Record<string, unknown> {
  const view = createKvStoreInstance(instance, state);
  return {
    ...Object.fromEntries(SHOWN.map((name) => [name, view[name]])),
    InstanceStatus: 'Creating',
    OrderId: toOrderNumber(instance.spec.orderId),
    PrivateIpAddr: privateIpOf(instance),
    ConnectionDomain: domainOf(instance),
  };
}
