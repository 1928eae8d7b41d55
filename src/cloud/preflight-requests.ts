import type { BackupQuery, GoodsQuery, PriceQuery, VpcQuery } from './preflight-port';
import type { RpcParameters } from './request-mapping';

/** Largest page of the VPC product (DescribeVSwitches page, 2016-04-28). */
export const VPC_PAGE_SIZE_MAX = 50;

/** Parameters of DescribeAvailableResource. All are sent, since its defaults are PrePaid and every engine. */
export function toGoodsParameters({ region, zone, engine, chargeType }: GoodsQuery): RpcParameters {
  return {
    RegionId: region,
    ZoneId: zone,
    Engine: engine,
    InstanceChargeType: chargeType,
    OrderType: 'BUY',
    ProductType: 'Local',
  };
}

/**
 * Parameters of DescribePrice for one instance: its quantity ends at 30, where that of an order ends at 300.
 * Keys are spelt out, since the form of its list differs from that of an order (SDK 6.4.0).
 */
export function toPriceParameters({ region, offer }: PriceQuery): RpcParameters {
  return {
    OrderType: 'BUY',
    RegionId: region,
    ZoneId: offer.zone,
    EngineVersion: offer.engineVersion,
    NodeType: offer.nodeType,
    ChargeType: offer.chargeType,
    Quantity: '1',
    ...(offer.instanceClass === null
      ? { Capacity: String(offer.capacityMb) }
      : { InstanceClass: offer.instanceClass }),
    ...(offer.periodMonths === null ? {} : { Period: String(offer.periodMonths) }),
  };
}

/** Longest life of a backup set, days (CreateBackup, SDK 6.4.0), and one for those that begin now. */
const BACKUP_LIFE_DAYS = 731;

const DAY_MS = 24 * 3_600_000;

/** Parameters of DescribeBackups for one set: it wants a span of time even then (SDK 6.4.0). */
export function toBackupParameters(
  { sourceInstanceId, backupId }: BackupQuery,
  nowMs: number,
): RpcParameters {
  return {
    InstanceId: sourceInstanceId,
    BackupId: backupId,
    StartTime: toMinute(nowMs - BACKUP_LIFE_DAYS * DAY_MS),
    EndTime: toMinute(nowMs + DAY_MS),
  };
}

/** As in `2026-11-24T06:00Z`. */
function toMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

/** Parameters of DescribeVpcs for one id. */
export function toVpcParameters({ region, vpcId }: VpcQuery): RpcParameters {
  return { RegionId: region, VpcId: vpcId };
}

/** Parameters of one page of DescribeVSwitches; both ids are sent, since either alone finds too much. */
export function toVSwitchParameters(
  { region, vpcId }: VpcQuery,
  pageNumber: number,
): RpcParameters {
  return {
    RegionId: region,
    VpcId: vpcId,
    PageSize: String(VPC_PAGE_SIZE_MAX),
    PageNumber: String(pageNumber),
  };
}
