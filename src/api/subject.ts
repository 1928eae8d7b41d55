/** What a subject may do, from the least to the most. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;

/**
 * - `viewer`: reads batches and plans requests;
 * - `operator`: also submits, and does every action but those of an administrator;
 * - `admin`: also approves and rejects, and releases what a cancelled batch has bought.
 */
export type Role = (typeof ROLES)[number];

/** Stands for every tenant. */
export const ALL_TENANTS = '*';

/** Whoever sends a request, as far as we have proof of it. */
export interface Subject {
  /** How it stands in the log of a batch, such as `key:ci` or `jwt:ada`. */
  readonly name: string;
  readonly role: Role;
  /** Tenants whose batches it may see and touch. */
  readonly tenants: readonly string[];
  /** What is meant where no tenant is named; left out: the only one of `tenants`. */
  readonly ownTenant?: string;
}

/** Whether a role is enough for what asks for another one. */
export function isRoleEnough(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** Whether a subject may know of a tenant's batches at all. */
export function isTenantOpen({ tenants }: Subject, tenant: string): boolean {
  return tenants.includes(ALL_TENANTS) || tenants.includes(tenant);
}

/** The tenant that a subject means when it names none; null when it has several, or all. */
export function toOwnTenant({ tenants, ownTenant }: Subject): string | null {
  if (ownTenant !== undefined) return ownTenant;
  const [only, ...others] = tenants;
  return only === undefined || only === ALL_TENANTS || others.length > 0 ? null : only;
}
