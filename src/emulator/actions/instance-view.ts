import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import { isBuilt, statusOf } from '../instance-life';
import type { InstanceStatus } from '../instance-life';
import { paidUntilMs } from '../paid-time';
import { listAllowedIps } from '../instance-settings';
import type { InstanceSettings } from '../instance-settings';

/** Sold as Enterprise; the open-source editions are Community. */
const ENTERPRISE_PATTERN = /^tair_/;

const NO_CONFIG = '{}';

/** The status of an instance at this moment. */
export function currentStatus(instance: Instance, state: EmulatorState): InstanceStatus {
  const status = statusOf(instance, state.nowMs(), state.config.readyAfterReads);
  return status === 'Released' ? status : (state.pinnedStatuses.get(instance.id) ?? status);
}

/** A time as the API writes it: UTC with seconds. */
export function toApiTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/**
 * One element of `Instances.KVStoreInstance` (DescribeInstances page and SDK 6.4.0). One literal,
 * without spreading: this is what a poll of thousands of instances spends its time on.
 */
export function createKvStoreInstance(
  instance: Instance,
  state: EmulatorState,
): Record<string, unknown> {
  const { id, spec, settings } = instance;
  const status = currentStatus(instance, state);
  const hasAddress = isBuilt(status);
  const { features } = settings;
  const shown = toShownAddress(state.config.redisAddress);
  return {
    InstanceId: id,
    InstanceName: settings.name,
    InstanceStatus: status,
    InstanceType: spec.instanceType,
    InstanceClass: spec.instanceClass,
    ArchitectureType: spec.architecture,
    NodeType: toNodeType(instance),
    EditionType: ENTERPRISE_PATTERN.test(spec.family) ? 'Enterprise' : 'Community',
    PackageType: 'standard',
    EngineVersion: spec.engineVersion,
    ComputingType: spec.family === 'classic' ? 'Machine' : 'Ecs',
    CloudType: '',
    ShardClass: '',
    IsRds: true,
    ResourceGroupId: spec.resourceGroupId,
    RegionId: spec.regionId,
    ZoneId: spec.zoneId,
    SecondaryZoneId: spec.secondaryZoneId,
    NetworkType: 'VPC',
    VpcId: spec.vpcId,
    VSwitchId: spec.vSwitchId,
    PrivateIp: hasAddress && spec.family === 'classic' ? privateIpOf(instance) : '',
    ConnectionDomain: hasAddress ? (shown?.host ?? domainOf(instance)) : '',
    ConnectionMode: 'Standard',
    Port: shown?.port ?? features.endpoint.port,
    UserName: id,
    Capacity: spec.capacityMb,
    QPS: 100_000 * spec.shardCount,
    Bandwidth: bandwidthOf(instance),
    Connections: 10_000 * spec.shardCount,
    ShardCount: spec.shardCount,
    ReplicaCount: spec.replicaCount,
    SlaveReplicaCount: 0,
    ReadOnlyCount: spec.readOnlyCount === 0 ? '0' : String(spec.readOnlyCount),
    SlaveReadOnlyCount: 0,
    QuotaCount: 0,
    UsedCount: 0,
    ChargeType: spec.chargeType,
    CreateTime: toApiTime(instance.createdAtMs),
    EndTime: endTimeOf(instance),
    DestroyTime: '',
    HasRenewChangeOrder: false,
    ReplacateId: '',
    GlobalInstanceId: '',
    WorkspaceId: '',
    Config: toConfigText(settings),
    Tags: { Tag: createTags(settings) },
  };
}

/** An address that the config gives to all instances; undefined: each has its own, where nobody listens. */
function toShownAddress(address: string | null): { host: string; port: number } | undefined {
  if (address === null) return undefined;
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}

/**
 * One element of `Instances.DBInstanceAttribute` (DescribeInstanceAttribute page and SDK 6.4.0):
 * the members of DescribeInstances and more. Two change their type: HasRenewChangeOrder and
 * ReadOnlyCount.
 */
export function createInstanceAttribute(
  instance: Instance,
  state: EmulatorState,
): Record<string, unknown> {
  const { spec, settings } = instance;
  const { features } = settings;
  return {
    ...createKvStoreInstance(instance, state),
    Engine: spec.instanceType === 'Memcache' ? 'Memcache' : 'Redis',
    RealInstanceClass: spec.instanceClass,
    SecurityIPList: listAllowedIps(settings).join(','),
    VpcAuthMode: features.vpcAuthMode,
    VpcCloudInstanceId: spec.vpcId === '' ? '' : instance.id,
    InstanceReleaseProtection: settings.isReleaseProtected,
    IsOrderCompleted: true,
    IsSupportTDE: supportsEncryption(instance),
    AutoSecondaryZone: false,
    ReplicationMode: 'master-slave',
    ReplicaId: '',
    MaintainStartTime: features.maintenance.start,
    MaintainEndTime: features.maintenance.end,
    Storage: spec.storageGb === 0 ? '' : String(spec.storageGb),
    StorageType: spec.storageType,
    ZoneType: spec.secondaryZoneId === '' ? 'singlezone' : 'doublezone',
    AvailabilityValue: '99.9%',
    AuditLogRetention: '',
    BackupLogStartTime: '',
    HasRenewChangeOrder: 'false',
    ReadOnlyCount: spec.readOnlyCount,
  };
}

/** The tags as `Tags.Tag` and the tag operations show them. */
function createTags({ tags }: InstanceSettings): object[] {
  if (tags.size === 0) return [];
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** The API's node types of classic instances are `double` and `single`. */
export function toNodeType(instance: Instance): string {
  return instance.spec.nodeType === 'STAND_ALONE' ? 'single' : 'double';
}

/** An address is given once the instance is built; until then the members are empty. */
export function privateIpOf({ ordinal, settings }: Instance): string {
  if (settings.features.privateIp !== '') return settings.features.privateIp;
  return `10.${(ordinal >>> 16) & 255}.${(ordinal >>> 8) & 255}.${ordinal & 255}`;
}

/** The host of the address inside the VPC. */
export function domainOf({ id, settings }: Instance): string {
  const { prefix } = settings.features.endpoint;
  return `${prefix === '' ? id : prefix}.redis.rds.aliyuncs.com`;
}

/** MB/s: what was ordered, else what the class has; 96 a shard is that of small classic classes. */
export function bandwidthOf({ spec, settings }: Instance): number {
  const { bandwidthMb } = settings.features;
  return bandwidthMb === 0 ? 96 * spec.shardCount : bandwidthMb;
}

/** Only Tair with data in memory can be encrypted (ModifyInstanceTDE, SDK 6.4.0). */
export function supportsEncryption({ spec }: Instance): boolean {
  return spec.family === 'tair_rdb';
}

/** The engine parameters that were set, as a JSON object in a string. */
export function toConfigText({ features }: InstanceSettings): string {
  const { engineParameters } = features;
  return engineParameters.size === 0
    ? NO_CONFIG
    : JSON.stringify(Object.fromEntries(engineParameters));
}

/** The end of the paid time; empty for PostPaid. */
export function endTimeOf(instance: Instance): string {
  const endsAtMs = paidUntilMs(instance);
  return endsAtMs === undefined ? '' : toApiTime(endsAtMs);
}
