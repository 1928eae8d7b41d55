import type { InstanceSpec } from '../../instance';
import type { InstanceFamily } from '../../instance-classes';
import { getParameter } from '../../protocol/parameters';
import type { Parameters } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import { ignored, optional, withoutEffect } from '../action-parameters';
import { createFreeOrder } from '../billing/change-order';
import { EFFECTIVE_TIME } from '../effective-time';
import { findClass } from '../entry-checks';
import { createModification } from '../modification';
import { checkShardCount } from '../shard-count';
import { isIntegerIn, isOneOf } from '../value-rules';

const isNodeCount = isIntegerIn(0, 9);

/** ModifyInstanceSpec: another class, other numbers of nodes, more storage. */
export const modifyInstanceSpecAction = createModification({
  name: 'ModifyInstanceSpec',
  parameters: [
    // The SDK calls it required; the Terraform provider leaves it out of some changes.
    withoutEffect(optional('OrderType', isOneOf('UPGRADE', 'DOWNGRADE'))),
    optional('InstanceClass'),
    optional('ShardCount', isIntegerIn(1, 256), 'InvalidShardInfo.Format'),
    optional('ReplicaCount', isNodeCount),
    optional('ReadOnlyCount', isNodeCount),
    optional('Storage', isIntegerIn(20, 64_000)),
    optional('StorageType', isOneOf('essd_pl0', 'essd_pl1', 'essd_pl2', 'essd_pl3')),
    EFFECTIVE_TIME,
    ...ignored('AutoPay', 'BusinessInfo', 'ClientToken', 'CouponNo', 'ForceTrans'),
    ...ignored('ForceUpgrade', 'MajorVersion', 'NodeType', 'RegionId', 'SecondaryZoneId'),
    ...ignored('SlaveReadOnlyCount', 'SlaveReplicaCount', 'SourceBiz'),
  ],
  taskType: 'ModifyInsSpec',
  change: ({ spec }, { parameters, state }) => {
    const wanted = getParameter(parameters, 'InstanceClass') ?? spec.instanceClass;
    const found = findClass(new Map([['InstanceClass', wanted]]), state.config, familiesOf(spec));
    if (found === undefined) {
      return createRefusal(
        404,
        'InvalidDBInstanceClass.NotFound',
        'The DBInstanceClass provided does not exist in our records.',
      );
    }
    const { name, family, capacityMb, architecture, shardCount } = found;
    const refusal = checkShardCount(parameters, found.name === spec.instanceClass ? spec : found);
    if (refusal !== undefined) return refusal;
    const ofClass = name === spec.instanceClass ? {} : { architecture, shardCount };
    return {
      spec: {
        ...{ instanceClass: name, family, capacityMb, ...ofClass },
        ...readNodes(parameters),
      },
      order: createFreeOrder(undefined, ['PaymentMethodNotFound']),
    };
  },
});

/** The kind of an instance does not change: Tair classes are for Tair instances of their kind. */
function familiesOf({ instanceType }: InstanceSpec): readonly InstanceFamily[] {
  const isOpenSource = instanceType === 'Redis' || instanceType === 'Memcache';
  return isOpenSource ? ['classic', 'cloud-native'] : [instanceType];
}

const NUMBERS = [
  ['ShardCount', 'shardCount'],
  ['ReplicaCount', 'replicaCount'],
  ['ReadOnlyCount', 'readOnlyCount'],
  ['Storage', 'storageGb'],
] as const;

function readNodes(parameters: Parameters): Partial<InstanceSpec> {
  const numbers = NUMBERS.flatMap(([parameter, member]) => {
    const text = getParameter(parameters, parameter);
    return text === undefined ? [] : [[member, Number(text)] as const];
  });
  const storageType = getParameter(parameters, 'StorageType');
  return {
    ...Object.fromEntries(numbers),
    ...(storageType === undefined ? {} : { storageType }),
  };
}
