import type { InstanceSettings } from './instance-settings';

/** The wanted shape of the instances of one entry, shared by all of them. */
export interface InstanceSpec {
  readonly accountId: string;
  readonly orderId: string;
  readonly regionId: string;
  readonly zoneId: string;
  readonly instanceType: 'Redis' | 'Memcache';
  readonly instanceClass: string;
  readonly capacityMb: number;
  readonly architecture: 'standard' | 'cluster' | 'rwsplit';
  readonly shardCount: number;
  readonly engineVersion: string;
  readonly chargeType: 'PostPaid' | 'PrePaid';
  /** Months; 0 for PostPaid. */
  readonly periodMonths: number;
  /** As ordered; the name of today is one of the settings. */
  readonly instanceName: string;
  /** True when the order gave a password. The password itself is kept nowhere. */
  readonly hasPassword: boolean;
  readonly nodeType: 'MASTER_SLAVE' | 'STAND_ALONE';
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly resourceGroupId: string;
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
  readonly spec: InstanceSpec;
  /** Replaced by `changeSettings`, never changed in place: new instances of an order share it. */
  settings: InstanceSettings;
  readonly fate: Fate;
  readonly createdAtMs: number;
  /** From here on it is Normal or Error, unless reads decide. */
  readonly settledAtMs: number;
  /** From here on DescribeInstances lists it. */
  readonly visibleAtMs: number;
  /** Until then a modification keeps it in Changing; 0: it was never modified. */
  busyUntilMs: number;
  /** How often its status was shown. */
  reads: number;
  deletedAtMs: number | undefined;
}
