import type { FollowUps } from './follow-ups';
import type { SecretReference } from './secret-reference';

/**
 * The batch request: what a user submits, after it was checked and its defaults filled in.
 *
 * The submitted form (YAML or JSON) writes durations as `30m` and shares as `100%`; here they are
 * numbers with their units in the name. {@link checkBatchRequest} turns the one into the other.
 */

/** The only version of the request format. */
export const API_VERSION = 'tairfleet/v1';

/** The database engine of an instance (CreateInstances page, 2025-03-27). */
export type Engine = 'Redis' | 'Memcache';

/** How an instance is billed (CreateInstances page, 2025-03-27). */
export type ChargeType = 'PostPaid' | 'PrePaid';

/**
 * The wanted shape of every instance of a group. Every parameter of the official page but the
 * password, which is never part of a create call.
 */
export interface InstanceSpec {
  /** Class such as `redis.master.small.default`; this or `capacityMb`. */
  readonly instanceClass?: string;
  /** Size in MB instead of a class. */
  readonly capacityMb?: number;
  readonly engine: Engine;
  readonly engineVersion: '2.8' | '4.0' | '5.0';
  readonly chargeType: ChargeType;
  /** Months: 1-9, 12, 24, 36 or 60. PrePaid only, and then required. */
  readonly periodMonths?: number;
  /** Whether the order pays itself. Always sent, since the service's default spends money. */
  readonly autoPay: boolean;
  readonly autoRenew: boolean;
  readonly nodeType: 'MASTER_SLAVE' | 'STAND_ALONE';
  readonly resourceGroupId?: string;
  readonly couponNo?: string;
  readonly businessInfo?: string;
  /** Instance whose backup is restored, or that is rebuilt from the recycle bin. */
  readonly sourceInstanceId?: string;
  readonly backupId?: string;
  readonly rebuildInstance: boolean;
}

/** Where a group may go, and perhaps with another class. */
export interface Placement {
  readonly region: string;
  readonly zone: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly instanceClass?: string;
  /** What one instance may cost here, such as `0.25 CNY`; its group's cap when left out. */
  readonly maxPrice?: string;
}

/** Slots that share one spec. Its placements are ranked alternatives in one region. */
export interface Group {
  readonly name: string;
  readonly count: number;
  readonly spec: InstanceSpec;
  readonly placements: readonly Placement[];
  /**
   * `spread`: as many slots begin with each placement. Ranked when left out: all slots begin with the
   * first one. The default is not filled in, so that the hash of a request stays what it was.
   */
  readonly placementPolicy?: 'spread';
  /**
   * What one instance may cost, such as `0.25 CNY`: an hour of PostPaid, the whole period of PrePaid.
   * A placement that costs more is not used.
   */
  readonly maxPrice?: string;
  /** What is done to each instance once it is ready. */
  readonly followUps?: FollowUps;
}

/** What becomes of the instances of a batch that is cancelled, or falls short. */
export type InstanceFate = 'keep' | 'release';

/** What counts as success, and how long to go on. */
export interface BatchPolicy {
  /** Slots that must be ready for `succeeded`, as a share between 0 and 1. */
  readonly minReadyShare: number;
  /** Longest wait from an instance's creation to `Normal`. */
  readonly readyDeadlineMs: number;
  /** Longest life of the batch; afterwards it completes with what it has. */
  readonly deadlineMs: number;
  /** How often a slot is bought again whose instance has ended in Error; never when left out. */
  readonly replaceFailed?: number;
  /** A batch of more slots waits for an approval before it buys; left out: none does. */
  readonly approvalAbove?: number;
  /**
   * A batch that may cost more, such as `40 CNY`, waits for an approval before it buys: an hour of its
   * PostPaid instances and the whole period of its PrePaid ones. So does one whose price is not known.
   */
  readonly approvalAbovePrice?: string;
  /** How long it waits before that counts as a rejection; a day when left out. */
  readonly approvalDeadlineMs?: number;
  /**
   * What becomes of what was bought when fewer than `minReadyShare` are ready at the end; kept when
   * left out. The default is not filled in, so that the hash of a request stays what it was.
   */
  readonly onShortfall?: InstanceFate;
  /** What becomes of what was bought when the batch is cancelled; kept when left out. */
  readonly onCancel?: InstanceFate;
}

/** What a receiver can be told: that the batch has ended, and that it needs a person. */
export type NotificationEvent = 'finished' | 'needsAttention';

/** A receiver that is a workflow of the same namespace. */
export interface SignalNotification {
  readonly signal: { readonly workflowId: string; readonly name: string };
  /** As written; see {@link toNotificationEvents} for the default. */
  readonly events?: readonly NotificationEvent[];
}

/** A receiver that is reached by HTTP. */
export interface WebhookNotification {
  readonly webhook: {
    /** `https`, or `http` to this very host; without user information. */
    readonly url: string;
    /** Where the key that signs every event is. */
    readonly secretFrom: SecretReference;
  };
  /** As written; see {@link toNotificationEvents} for the default. */
  readonly events?: readonly NotificationEvent[];
}

/** Whom to tell. */
export type Notification = SignalNotification | WebhookNotification;

/**
 * What a receiver is told: what its entry says, else a webhook everything and a signal the end alone,
 * since a workflow that waits for the end may take any signal for it. The default is not filled in by
 * the check, so that the hash of a request stays what it was before `events` existed.
 */
export function toNotificationEvents(entry: Notification): readonly NotificationEvent[] {
  return entry.events ?? ('webhook' in entry ? ['finished', 'needsAttention'] : ['finished']);
}

/** A checked batch request with all defaults filled in. */
export interface BatchRequest {
  readonly apiVersion: typeof API_VERSION;
  readonly batchId: string;
  /** Credentials profile of the worker; undefined means its only one. */
  readonly account?: string;
  readonly tenant: string;
  readonly groups: readonly Group[];
  readonly policy: BatchPolicy;
  readonly notify: readonly Notification[];
}

/** Defaults of the request, each with its reason. */
export const REQUEST_DEFAULTS = {
  tenant: 'default',
  engine: 'Redis',
  /** The page's default; the API's own metadata says 2.8, so it is always sent. */
  engineVersion: '5.0',
  chargeType: 'PostPaid',
  nodeType: 'MASTER_SLAVE',
  minReadyShare: 1,
  /** A classic instance takes one to five minutes. */
  readyDeadlineMs: 30 * 60_000,
  /** Clusters take up to half an hour. */
  readyDeadlineClusterMs: 60 * 60_000,
  /** A restored instance also loads its data, and how long that takes is documented nowhere. */
  readyDeadlineRestoreMs: 2 * 3_600_000,
  deadlineMs: 24 * 3_600_000,
  approvalDeadlineMs: 24 * 3_600_000,
} as const;

/** How many slots the groups of a request have together. */
export function countSlots(request: Pick<BatchRequest, 'groups'>): number {
  return request.groups.reduce((sum, group) => sum + group.count, 0);
}
