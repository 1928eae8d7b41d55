import type { Group, Placement } from './batch-request';
import { sha256Hex } from './hash';

/**
 * The parameters of one `CreateInstances` call but token and signature: frozen before the first
 * send and sent unchanged for ever (rule R1). Values are strings, as they go over the wire.
 */
export type CreateBody = Readonly<Record<string, string>>;

/** What a body is built from. */
export interface CreateBodyInput {
  readonly group: Group;
  readonly placement: Placement;
  /** Name that all instances of the call share. */
  readonly name: string;
  /** How many instances, 1 to 300. */
  readonly quantity: number;
}

/**
 * Builds the body in the page's documented form: one entry with a quantity, so that the answer's
 * flat list of ids needs no mapping. Values that exist at the top and in the entry are sent equal in
 * both, since which one wins is undocumented (CreateInstances page, 2025-03-27).
 */
export function createCreateBody(input: CreateBodyInput): CreateBody {
  const { spec } = input.group;
  const body: Record<string, string> = {
    AutoPay: String(spec.autoPay),
    EngineVersion: spec.engineVersion,
    Instances: JSON.stringify([toEntry(input)]),
  };
  if (spec.chargeType === 'PrePaid') body['AutoRenew'] = String(spec.autoRenew);
  if (spec.rebuildInstance) body['RebuildInstance'] = 'true';
  if (spec.resourceGroupId !== undefined) body['ResourceGroupId'] = spec.resourceGroupId;
  if (spec.couponNo !== undefined) body['CouponNo'] = spec.couponNo;
  if (spec.businessInfo !== undefined) body['BusinessInfo'] = spec.businessInfo;
  return body;
}

/** The class that a body orders; null when it orders by capacity, or is of another form. */
export function readInstanceClass(body: CreateBody): string | null {
  const entries = JSON.parse(body['Instances'] ?? '[]') as readonly { InstanceClass?: string }[];
  return entries[0]?.InstanceClass ?? null;
}

/** A hash that is equal exactly for equal bodies. */
export function hashBody(body: CreateBody): string {
  const names = Object.keys(body).sort();
  return sha256Hex(JSON.stringify(names.map((name) => [name, body[name]])));
}

function toEntry({ group, placement, name, quantity }: CreateBodyInput): object {
  const { spec } = group;
  const instanceClass = placement.instanceClass ?? spec.instanceClass;
  return {
    RegionId: placement.region,
    IzNo: placement.zone,
    Quantity: quantity,
    InstanceType: spec.engine,
    ...(instanceClass === undefined
      ? { Capacity: spec.capacityMb }
      : { InstanceClass: instanceClass }),
    EngineVersion: spec.engineVersion,
    ChargeType: spec.chargeType,
    ...(spec.chargeType === 'PrePaid'
      ? { Period: spec.periodMonths, AutoRenew: String(spec.autoRenew) }
      : {}),
    InstanceName: name,
    NetworkType: 'VPC',
    VpcId: placement.vpcId,
    VSwitchId: placement.vSwitchId,
    NodeType: spec.nodeType,
    ...(spec.sourceInstanceId === undefined ? {} : { SrcDBInstanceId: spec.sourceInstanceId }),
    ...(spec.backupId === undefined ? {} : { BackupId: spec.backupId }),
    ...(spec.rebuildInstance ? { RebuildInstance: 'true' } : {}),
  };
}
