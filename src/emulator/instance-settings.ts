import type { InstanceSpec } from './instance';
import { DEFAULT_FEATURES } from './instance-features';
import type { InstanceFeatures } from './instance-features';

/** One named whitelist of an instance. */
export interface Whitelist {
  /** Addresses and CIDR blocks, without repetition. */
  readonly ips: readonly string[];
  /** Free text of the client, e.g. `hidden`; empty by default. */
  readonly attribute: string;
}

/** What can be changed about an instance after its creation. Immutable: a change is a new value. */
export interface InstanceSettings {
  readonly name: string;
  readonly isPasswordSet: boolean;
  readonly isReleaseProtected: boolean;
  /** Key → value. */
  readonly tags: ReadonlyMap<string, string>;
  /** Group name → whitelist. */
  readonly whitelists: ReadonlyMap<string, Whitelist>;
  readonly features: InstanceFeatures;
}

/** The group that an instance has from the start, and that a call without a group means. */
export const DEFAULT_WHITELIST = 'default';

const NO_TAGS: ReadonlyMap<string, string> = new Map();

/** A new instance accepts no client from outside (ModifySecurityIps page). */
const CLOSED_WHITELISTS: ReadonlyMap<string, Whitelist> = new Map([
  [DEFAULT_WHITELIST, { ips: ['127.0.0.1'], attribute: '' }],
]);

/** What the operations for one instance can set at its creation, and CreateInstances cannot. */
export interface GivenSettings {
  readonly tags?: ReadonlyMap<string, string>;
  readonly features?: InstanceFeatures;
}

/** The settings of new instances. */
export function createSettings(
  spec: InstanceSpec,
  { tags = NO_TAGS, features = DEFAULT_FEATURES }: GivenSettings = {},
): InstanceSettings {
  return {
    name: spec.instanceName,
    isPasswordSet: spec.hasPassword,
    isReleaseProtected: false,
    tags,
    whitelists: CLOSED_WHITELISTS,
    features,
  };
}

/** Every address of every group, each once. */
export function listAllowedIps({ whitelists }: InstanceSettings): string[] {
  return [...new Set([...whitelists.values()].flatMap(({ ips }) => ips))];
}
