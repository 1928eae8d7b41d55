import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import { isBuilt, statusOf } from '../instance-life';
import type { InstanceStatus } from '../instance-life';
import { listAllowedIps } from '../instance-settings';
import type { InstanceSettings } from '../instance-settings';

const PORT = 6379;

/** The status of an instance at this moment. */
export function currentStatus(instance: Instance, state: EmulatorState): InstanceStatus {
  return statusOf(instance, state.nowMs(), state.config.readyAfterReads);
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
  return {
    InstanceId: id,
    InstanceName: settings.name,
    InstanceStatus: status,
    InstanceType: spec.instanceType,
    InstanceClass: spec.instanceClass,
    ArchitectureType: spec.architecture,
    NodeType: toNodeType(instance),
    EditionType: 'Community',
    PackageType: 'standard',
    EngineVersion: spec.engineVersion,
    ComputingType: 'Machine',
    CloudType: '',
    ShardClass: '',
    IsRds: true,
    ResourceGroupId: spec.resourceGroupId,
    RegionId: spec.regionId,
    ZoneId: spec.zoneId,
    SecondaryZoneId: '',
    NetworkType: 'VPC',
    VpcId: spec.vpcId,
    VSwitchId: spec.vSwitchId,
    PrivateIp: hasAddress ? privateIpOf(instance) : '',
    ConnectionDomain: hasAddress ? `${id}.redis.rds.aliyuncs.com` : '',
    ConnectionMode: 'Standard',
    Port: PORT,
    UserName: id,
    Capacity: spec.capacityMb,
    QPS: 100_000 * spec.shardCount,
    Bandwidth: 96 * spec.shardCount,
    Connections: 10_000 * spec.shardCount,
    ShardCount: spec.shardCount,
    ReplicaCount: spec.nodeType === 'STAND_ALONE' ? 0 : 1,
    SlaveReplicaCount: 0,
    ReadOnlyCount: '0',
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
    Config: '{}',
    Tags: { Tag: createTags(settings) },
  };
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
  return {
    ...createKvStoreInstance(instance, state),
    Engine: spec.instanceType,
    RealInstanceClass: spec.instanceClass,
    SecurityIPList: listAllowedIps(settings).join(','),
    VpcAuthMode: 'Open',
    VpcCloudInstanceId: spec.vpcId === '' ? '' : instance.id,
    InstanceReleaseProtection: settings.isReleaseProtected,
    IsOrderCompleted: true,
    IsSupportTDE: false,
    AutoSecondaryZone: false,
    ReplicationMode: 'master-slave',
    ReplicaId: '',
    MaintainStartTime: '18:00Z',
    MaintainEndTime: '22:00Z',
    Storage: '',
    StorageType: '',
    ZoneType: 'singlezone',
    AvailabilityValue: '99.9%',
    AuditLogRetention: '',
    BackupLogStartTime: '',
    HasRenewChangeOrder: 'false',
    ReadOnlyCount: 0,
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
export function privateIpOf(instance: Instance): string {
  const { ordinal } = instance;
  return `10.${(ordinal >>> 16) & 255}.${(ordinal >>> 8) & 255}.${ordinal & 255}`;
}

/** The end of the paid time; empty for PostPaid. */
function endTimeOf({ spec, createdAtMs }: Instance): string {
  if (spec.periodMonths === 0) return '';
  const end = new Date(createdAtMs);
  end.setUTCMonth(end.getUTCMonth() + spec.periodMonths);
  return toApiTime(end.getTime());
}
