import { ignored, optional, optionals } from './action-parameters';
import type { ActionParameter } from './action-parameters';
import { isBooleanText, isClockTime, isIntegerIn, isOneOf } from './value-rules';

/** 8 to 40 lower-case letters and digits, a letter first (CreateInstance, SDK 6.4.0). */
const PREFIX_PATTERN = /^[a-z][a-z0-9]{7,39}$/;

/** True for what may stand before the domain of a connection address. */
export function isConnectionPrefix(text: string): boolean {
  return PREFIX_PATTERN.test(text);
}

/** 1024 to 65535 (API metadata, 2024-07-30). */
export const isPort = isIntegerIn(1_024, 65_535);

const isNodeCount = isIntegerIn(0, 9);

/**
 * What CreateInstance and CreateTairInstance both take, besides what each declares. The last group
 * is taken without an effect: the emulator has no global instances, coupons or templates.
 */
export const SINGLE_CREATION_PARAMETERS: readonly ActionParameter[] = [
  ...optionals('ZoneId', 'SecondaryZoneId', 'InstanceName', 'Password', 'EngineVersion'),
  ...optionals('ChargeType', 'Period', 'ResourceGroupId', 'PrivateIpAddress'),
  ...optionals('SrcDBInstanceId', 'BackupId', 'Tag.N.Key', 'Tag.N.Value'),
  optional('AutoRenew', isBooleanText),
  optional('AutoRenewPeriod', isOneOf('1', '2', '3', '6', '12')),
  optional('DryRun', isBooleanText),
  optional('ConnectionStringPrefix', isConnectionPrefix),
  optional('Port', isPort),
  optional('MaintainStartTime', isClockTime),
  optional('MaintainEndTime', isClockTime),
  optional('ShardCount', isIntegerIn(1, 256), 'InvalidShardInfo.Format'),
  optional('ReplicaCount', isNodeCount),
  optional('ReadOnlyCount', isNodeCount),
  ...ignored('SlaveReplicaCount', 'SlaveReadOnlyCount', 'RestoreTime', 'ClusterBackupId'),
  ...ignored('RecoverConfigMode', 'GlobalInstanceId', 'GlobalSecurityGroupIds'),
  ...ignored('ParamGroupId', 'InstanceEndpointType', 'CouponNo', 'AutoUseCoupon'),
  ...ignored('BusinessInfo'),
];
