import type { SecretReference } from './secret-reference';

/**
 * What is done to an instance once it is ready for the API: each step can be repeated without harm,
 * and none ever costs the instance.
 */

/** Hours of the day in which the cloud may work on an instance, each as `HH:mmZ`. */
export interface MaintenanceWindow {
  readonly start: string;
  readonly end: string;
}

/** How a probe connects. */
export type PingTransport = 'tcp' | 'tls';

/** What a group asks for; what is left out is not done. */
export interface FollowUps {
  /** Where the password of the default account is. */
  readonly passwordFrom?: SecretReference;
  /** Values of engine parameters by name, such as `maxmemory-policy`. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly maintenanceWindow?: MaintenanceWindow;
  /** Resource group to move to once the instance is there; `spec.resourceGroupId` orders into one. */
  readonly resourceGroupId?: string;
  /** Tags by key, beside those that are always given. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether the service refuses to delete the instance. */
  readonly releaseProtection?: true;
  /** IPv4 addresses and CIDR blocks that may connect. */
  readonly securityIps?: readonly string[];
  /** Whether `securityIps` may hold what admits everybody. */
  readonly allowAnywhere?: boolean;
  /** Whether an instance must answer a PING of the worker, and how it is reached. */
  readonly ping?: PingTransport;
}

/** One step. */
export type FollowUpStep =
  | 'password'
  | 'parameters'
  | 'maintenance'
  | 'resourceGroup'
  | 'tags'
  | 'protection'
  | 'whitelist'
  | 'ping';

/**
 * Every step with the key that asks for it, in the order in which they are made. The whitelist is the
 * last change: a new instance admits nobody but itself, so nothing can be reached before it has its
 * password. The probe changes nothing, and needs the whitelist.
 */
const STEPS: readonly (readonly [FollowUpStep, keyof FollowUps])[] = [
  ['password', 'passwordFrom'],
  ['parameters', 'parameters'],
  ['maintenance', 'maintenanceWindow'],
  ['resourceGroup', 'resourceGroupId'],
  ['tags', 'tags'],
  ['protection', 'releaseProtection'],
  ['whitelist', 'securityIps'],
  ['ping', 'ping'],
];

/** Keys of which a request must write at least one, in the order of the steps. */
export const FOLLOW_UP_KEYS: readonly (keyof FollowUps)[] = STEPS.map(([, key]) => key);

/** The steps that are asked for, in their order. */
export function listFollowUpSteps(followUps: FollowUps | undefined): readonly FollowUpStep[] {
  return STEPS.filter(([, key]) => followUps?.[key] !== undefined).map(([step]) => step);
}

/** How a parked step is called among the parked chunks, such as `sessions follow-up password`. */
export function toFollowUpRowName(group: string, step: FollowUpStep): string {
  return `${group} follow-up ${step}`;
}

/** Status of an instance in the result when the batch has ended before this step went through. */
export function toFollowUpStatus(step: FollowUpStep): string {
  return `followUpFailed:${step}`;
}
