import type { Instance, InstanceType } from '../instance';
import { getParameter } from '../protocol/parameters';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { KVSTORE } from './action';
import type { Action, ActionCall } from './action';
import { optional, required, withoutEffect } from './action-parameters';
import type { Assortment } from './entry-checks';
import { createKvStoreInstance, domainOf } from './instance-view';
import type { Entry } from './instances-parameter';
import { toOrderNumber } from './order';
import { createOne } from './single-creation';
import { SINGLE_CREATION_PARAMETERS } from './single-creation-parameters';
import { toEntry } from './single-entry';
import { isIntegerIn, isOneOf } from './value-rules';

const TAIR_TYPES = ['tair_rdb', 'tair_scm', 'tair_essd'] as const;

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'InvalidInstances.Malformed': createRefusal(
    400,
    'InvalidParameter',
    'A parameter of the instance is missing or not valid.',
  ),
  'InvalidVpcIdRegion.NotSupported': createRefusal(
    404,
    'InvalidVpcIdOrVswitchId.NotSupported',
    'The Specified vpcId or vSwitchId not supported.',
  ),
};

/**
 * CreateTairInstance: one cloud-native Tair instance. Unlike its siblings it calls the token
 * `ClientToken` and is PrePaid unless told otherwise.
 */
export const createTairInstanceAction: Action = {
  name: 'CreateTairInstance',
  product: KVSTORE,
  source: 'sdk',
  parameters: [
    required('RegionId'),
    required('InstanceClass'),
    required('InstanceType', isOneOf(...TAIR_TYPES)),
    required('VpcId'),
    required('VSwitchId'),
    ...SINGLE_CREATION_PARAMETERS,
    optional('ClientToken'),
    withoutEffect(optional('AutoPay', (text) => text.toLowerCase() === 'true')),
    optional('ShardType', isOneOf('MASTER_SLAVE', 'STAND_ALONE')),
    optional('Storage', isIntegerIn(20, 64_000)),
    optional('StorageType', isOneOf('essd_pl0', 'essd_pl1', 'essd_pl2', 'essd_pl3')),
  ],
  run: (call) =>
    createOne(call, {
      action: 'CreateTairInstance',
      parameter: 'ClientToken',
      refusals: REFUSALS,
      sells: createAssortment,
      toEntry: createEntry,
      answer: createAnswer,
    }),
};

/** The classes of a kind are sold under that kind only. */
function createAssortment({ parameters }: ActionCall): Assortment {
  const asked = getParameter(parameters, 'InstanceType');
  const kind: InstanceType = TAIR_TYPES.find((type) => type === asked) ?? 'tair_rdb';
  return { families: [kind], instanceTypes: [kind] };
}

function createEntry({ parameters, state }: ActionCall): Entry {
  const entry = new Map(toEntry(parameters, state.config.world));
  if (!entry.has('ChargeType')) entry.set('ChargeType', 'PrePaid');
  if (!entry.has('EngineVersion')) entry.set('EngineVersion', '1.0');
  const nodeType = getParameter(parameters, 'ShardType');
  if (nodeType !== undefined) entry.set('NodeType', nodeType);
  return entry;
}

/** Members that the answer shares with DescribeInstances. */
const SHOWN = [
  ...['InstanceId', 'InstanceName', 'RegionId', 'ZoneId', 'Port', 'QPS', 'Bandwidth'],
  ...['Connections', 'Config', 'ChargeType'],
];

function createAnswer(instance: Instance, { state }: ActionCall): Record<string, unknown> {
  const view = createKvStoreInstance(instance, state);
  return {
    ...Object.fromEntries(SHOWN.map((name) => [name, view[name]])),
    InstanceStatus: 'Creating',
    OrderId: toOrderNumber(instance.spec.orderId),
    TaskId: String(instance.ordinal),
    ConnectionDomain: domainOf(instance),
  };
}
