import type { InstanceFamily } from './instance-classes';
import type { BusyStatus } from './instance-life';
import type { InstanceSettings } from './instance-settings';

/** What the API calls the kind of an instance. */
export type InstanceType = 'Redis' | 'Memcache' | 'tair_rdb' | 'tair_scm' | 'tair_essd';

/** The shape of an instance: as ordered, and shared by all instances of an entry until one is changed. */
export interface InstanceSpec {
  readonly accountId: string;
  readonly orderId: string;
  readonly regionId: string;
  readonly zoneId: string;
  /** Empty: all nodes are in one zone. */
  readonly secondaryZoneId: string;
  readonly family: InstanceFamily;
  readonly instanceType: InstanceType;
  readonly instanceClass: string;
  readonly capacityMb: number;
  readonly architecture: 'standard' | 'cluster' | 'rwsplit';
  readonly shardCount: number;
  readonly replicaCount: number;
  readonly readOnlyCount: number;
  /** GB, of `tair_essd` only; else 0. */
  readonly storageGb: number;
  /** Of `tair_essd` only; else empty. */
  readonly storageType: string;
  readonly engineVersion: string;
  readonly chargeType: 'PostPaid' | 'PrePaid';
  /** Months; 0 for PostPaid. */
  readonly periodMonths: number;
  /** From when on they count, in milliseconds; 0: from the creation. */
  readonly paidFromMs: number;
  /** As ordered; the name of today is one of the settings. */
  readonly instanceName: string;
  /** True when the order gave a password. The password itself is kept nowhere. */
  readonly hasPassword: boolean;
  readonly nodeType: 'MASTER_SLAVE' | 'STAND_ALONE';
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly resourceGroupId: string;
  /** True for one that is filled from a backup set before it is Normal. */
  readonly isRestored: boolean;
}

/** How an instance's creation will end; drawn once, when it is ordered. */
export type Fate = 'normal' | 'error' | 'never-ready';

/**
 * One instance. Its status is not stored: `statusOf` derives it from the clock, so that a million
 * instances need no timers.
 */
export interface Instance {
  readonly id: string;
  /** Order of creation, from 1. */
  readonly ordinal: number;
  /** Replaced as a whole, like the settings. */
  spec: InstanceSpec;
  /** Replaced as a whole, never changed in place: new instances of an order share it. */
  settings: InstanceSettings;
  readonly fate: Fate;
  readonly createdAtMs: number;
  /** From here on it is Normal or Error, unless reads decide. */
  readonly settledAtMs: number;
  /** From here on DescribeInstances lists it. */
  readonly visibleAtMs: number;
  /** Until then a modification keeps it from being Normal; 0: it was never modified. */
  busyUntilMs: number;
  /** What it is called while it is busy. */
  busyStatus: BusyStatus;
  /** How often its status was shown. */
  reads: number;
  deletedAtMs: number | undefined;
}
