import type { Engine } from '../domain/batch-request';
import type { MaintenanceWindow, PingTransport } from '../domain/follow-ups';
import type { Refusal } from '../domain/refusal';
import type { SecretReference } from '../domain/secret-reference';
import type { CallCounts } from './activity-types';

/** Inputs and answers of the activities that configure instances: what stands in a history. */

/** Instances of one group that are configured together. */
export interface FollowUpTarget {
  readonly account: string;
  readonly region: string;
  readonly ids: readonly string[];
  /** Until when busy instances are tried again, ms since the epoch. */
  readonly deadlineAtMs: number;
}

/** Sets passwords; the secret itself never stands here. */
export interface ResetPasswordsInput extends FollowUpTarget {
  readonly passwordFrom: SecretReference;
}

/** Sets engine parameters. */
export interface SetParametersInput extends FollowUpTarget {
  readonly engine: Engine;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Sets when the cloud may work on instances. */
export interface SetMaintenanceWindowInput extends FollowUpTarget {
  readonly window: MaintenanceWindow;
}

/** Moves instances to a resource group. */
export interface MoveToResourceGroupInput extends FollowUpTarget {
  readonly resourceGroupId: string;
}

/** Adds tags. */
export interface TagInstancesInput extends FollowUpTarget {
  readonly tags: Readonly<Record<string, string>>;
}

/** Writes whitelists. */
export interface SetSecurityIpsInput extends FollowUpTarget {
  readonly ips: readonly string[];
}

/** Asks instances whether they answer. */
export interface PingInstancesInput extends FollowUpTarget {
  readonly engine: Engine;
  readonly transport: PingTransport;
  /** Where the password is that the batch has set; null when it sets none. */
  readonly passwordFrom: SecretReference | null;
}

/** Instances that one refusal stands for. */
export interface RefusedFollowUp {
  readonly ids: readonly string[];
  readonly refusal: Refusal;
}

/** It went through for all ids but the refused ones. */
export interface FollowUpAnswer {
  readonly calls: CallCounts;
  readonly refused: readonly RefusedFollowUp[];
}

/** Activities of the cloud queue that configure instances. */
export interface FollowUpActivities {
  resetPasswords(input: ResetPasswordsInput): Promise<FollowUpAnswer>;
  setParameters(input: SetParametersInput): Promise<FollowUpAnswer>;
  setMaintenanceWindow(input: SetMaintenanceWindowInput): Promise<FollowUpAnswer>;
  moveToResourceGroup(input: MoveToResourceGroupInput): Promise<FollowUpAnswer>;
  tagInstances(input: TagInstancesInput): Promise<FollowUpAnswer>;
  protectFromRelease(input: FollowUpTarget): Promise<FollowUpAnswer>;
  setSecurityIps(input: SetSecurityIpsInput): Promise<FollowUpAnswer>;
  pingInstances(input: PingInstancesInput): Promise<FollowUpAnswer>;
}
