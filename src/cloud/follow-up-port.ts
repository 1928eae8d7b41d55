import type { Answer, CallTarget } from './port';

/**
 * The calls that configure instances which exist. Each sends once and never retries; repeating any of
 * them is safe, so an answer that was lost is no doubt to settle: it is simply sent again.
 */
export interface FollowUpPort {
  /** Sets the password of an instance's default account (ModifyInstanceAttribute page, 2024-07-30). */
  resetPassword(call: PasswordCall): Promise<Answer<null>>;
  /** Sets some engine parameters; the others stay (ModifyInstanceConfig page, 2024-07-30). */
  setParameters(call: ParametersCall): Promise<Answer<null>>;
  /** Sets when the cloud may work on an instance (ModifyInstanceMaintainTime page, 2025-03-25). */
  setMaintenanceWindow(call: MaintenanceCall): Promise<Answer<null>>;
  /** Moves an instance to a resource group (ModifyResourceGroup, SDK 6.4.0). */
  moveToResourceGroup(call: ResourceGroupCall): Promise<Answer<null>>;
  /** Adds tags to up to 50 instances, all or none (TagResources page, 2024-07-30). */
  tagInstances(call: TagCall): Promise<Answer<null>>;
  /**
   * Makes the service refuse to delete an instance, until somebody lifts it in the console
   * (ModifyInstanceAttribute page, 2024-07-30; PostPaid only).
   */
  protectFromRelease(call: InstanceCall): Promise<Answer<null>>;
  /** Replaces the whitelist {@link WHITELIST_NAME} of an instance (ModifySecurityIps page, 2024-07-30). */
  setSecurityIps(call: SecurityIpsCall): Promise<Answer<null>>;
}

/** Which instance. */
export interface InstanceCall extends CallTarget {
  readonly id: string;
}

/** Whose password, and what it becomes. */
export interface PasswordCall extends InstanceCall {
  /** Kept wrapped until the parameters are built, so that nothing on the way can print it. */
  readonly password: { reveal(): string };
}

/** Which parameters become what. */
export interface ParametersCall extends InstanceCall {
  readonly parameters: Readonly<Record<string, string>>;
}

/** When the cloud may work on an instance; times as `HH:mmZ`. */
export interface MaintenanceCall extends InstanceCall {
  readonly window: { readonly start: string; readonly end: string };
}

/** Where an instance goes. */
export interface ResourceGroupCall extends InstanceCall {
  readonly resourceGroupId: string;
}

/** Which instances get which tags. */
export interface TagCall extends CallTarget {
  readonly ids: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Who may connect to an instance. */
export interface SecurityIpsCall extends InstanceCall {
  /** Addresses and CIDR blocks, at least one. */
  readonly ips: readonly string[];
}

/** Ids of one TagResources call (its page, 2024-07-30). */
export const TAGGED_IDS_MAX = 50;

/** Our whitelist of an instance: what people write into its others is never replaced. */
export const WHITELIST_NAME = 'tairfleet';
