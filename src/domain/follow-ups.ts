import type { SecretReference } from './secret-reference';

/**
 * What is done to an instance once it is ready for the API: each step can be repeated without harm,
 * and none ever costs the instance.
 */

/** What a group asks for; what is left out is not done. */
export interface FollowUps {
  /** Where the password of the default account is. */
  readonly passwordFrom?: SecretReference;
  /** IPv4 addresses and CIDR blocks that may connect. */
  readonly securityIps?: readonly string[];
  /** Whether `securityIps` may hold what admits everybody. */
  readonly allowAnywhere?: boolean;
  /** Tags by key, beside those that are always given:. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** One step. */
export type FollowUpStep = 'password' | 'tags' | 'whitelist';

/**
 * The steps that are asked for, in their order. The whitelist is last: a new instance admits nobody
 * but itself, so nothing can be reached before it has its password.
 */
export function listFollowUpSteps(followUps: FollowUps | undefined): readonly FollowUpStep[] {
  const steps: FollowUpStep[] = [];
  if (followUps?.passwordFrom !== undefined) steps.push('password');
  if (followUps?.tags !== undefined) steps.push('tags');
  if (followUps?.securityIps !== undefined) steps.push('whitelist');
  return steps;
}

/** How a parked step is called among the parked chunks, such as `sessions follow-up password`. */
export function toFollowUpRowName(group: string, step: FollowUpStep): string {
  return `${group} follow-up ${step}`;
}

/** Status of an instance in the result when the batch has ended before this step went through. */
export function toFollowUpStatus(step: FollowUpStep): string {
  return `followUpFailed:${step}`;
}
