import type { InstanceSpec } from '../instance';
import { getParameter } from '../protocol/parameters';
import type { ActionCall } from './action';
import { findClass } from './entry-checks';
import type { Entry } from './instances-parameter';

/** What the instances of an order have in common. */
export interface OrderContext {
  readonly call: ActionCall;
  readonly orderId: string;
}

/** The spec of the instances of one entry; `checkEntries` has found nothing wrong with it. */
export function createSpec(entry: Entry, context: OrderContext): InstanceSpec {
  const { account, parameters, state } = context.call;
  const instanceClass = findClass(entry, state);
  const chargeType = entry.get('ChargeType') === 'PrePaid' ? 'PrePaid' : 'PostPaid';
  return {
    accountId: account.accountId,
    orderId: context.orderId,
    regionId: entry.get('RegionId') ?? '',
    zoneId: entry.get('IzNo') ?? '',
    instanceType: entry.get('InstanceType') === 'Memcache' ? 'Memcache' : 'Redis',
    instanceClass: instanceClass?.name ?? '',
    capacityMb: instanceClass?.capacityMb ?? 0,
    architecture: instanceClass?.architecture ?? 'standard',
    shardCount: instanceClass?.shardCount ?? 1,
    engineVersion: entry.get('EngineVersion') ?? getParameter(parameters, 'EngineVersion') ?? '5.0',
    chargeType,
    periodMonths: chargeType === 'PrePaid' ? Number(entry.get('Period')) : 0,
    instanceName: entry.get('InstanceName') ?? '',
    hasPassword: entry.has('Password'),
    nodeType: entry.get('NodeType') === 'STAND_ALONE' ? 'STAND_ALONE' : 'MASTER_SLAVE',
    vpcId: entry.get('VpcId') ?? '',
    vSwitchId: entry.get('VSwitchId') ?? '',
    resourceGroupId: getParameter(parameters, 'ResourceGroupId') ?? 'rg-default',
  };
}
