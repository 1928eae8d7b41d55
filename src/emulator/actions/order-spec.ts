import type { InstanceSpec, InstanceType } from '../instance';
import { getParameter } from '../protocol/parameters';
import type { ActionCall } from './action';
import { findClass } from './entry-checks';
import type { Assortment } from './entry-checks';
import type { Entry } from './instances-parameter';
import { isRestore } from './restore-source';

/** What the instances of an order have in common. */
export interface OrderContext extends Assortment {
  readonly call: ActionCall;
  readonly orderId: string;
}

/** The spec of the instances of one entry; `checkEntries` has found nothing wrong with it. */
export function createSpec(entry: Entry, context: OrderContext): InstanceSpec {
  const { account, parameters, state } = context.call;
  const instanceClass = findClass(entry, state.config, context.families);
  const nodeType = entry.get('NodeType') === 'STAND_ALONE' ? 'STAND_ALONE' : 'MASTER_SLAVE';
  const chargeType = entry.get('ChargeType') === 'PrePaid' ? 'PrePaid' : 'PostPaid';
  return {
    accountId: account.accountId,
    orderId: context.orderId,
    regionId: entry.get('RegionId') ?? '',
    zoneId: entry.get('IzNo') ?? '',
    secondaryZoneId: '',
    family: instanceClass?.family ?? 'classic',
    instanceType: (entry.get('InstanceType') ?? 'Redis') as InstanceType,
    instanceClass: instanceClass?.name ?? '',
    capacityMb: instanceClass?.capacityMb ?? 0,
    architecture: instanceClass?.architecture ?? 'standard',
    shardCount: instanceClass?.shardCount ?? 1,
    replicaCount: nodeType === 'STAND_ALONE' ? 0 : 1,
    readOnlyCount: 0,
    storageGb: 0,
    storageType: '',
    engineVersion: entry.get('EngineVersion') ?? '5.0',
    chargeType,
    periodMonths: chargeType === 'PrePaid' ? Number(entry.get('Period')) : 0,
    paidFromMs: 0,
    instanceName: entry.get('InstanceName') ?? '',
    hasPassword: entry.has('Password'),
    nodeType,
    vpcId: entry.get('VpcId') ?? '',
    vSwitchId: entry.get('VSwitchId') ?? '',
    resourceGroupId: getParameter(parameters, 'ResourceGroupId') ?? 'rg-default',
    isRestored: isRestore(entry),
  };
}

/**
 * The months by which paid time is prolonged by itself; 0: it is not. Without a period it is one
 * month (default of `AutoRenewPeriod`, API metadata, 2024-07-30).
 */
export function autoRenewalOf(entry: Entry, { chargeType }: InstanceSpec, months = 1): number {
  const isOn = entry.get('AutoRenew')?.toLowerCase() === 'true';
  return chargeType === 'PrePaid' && isOn ? months : 0;
}
