import { ApiError } from './api-error';
import { ALL_TENANTS, isTenantOpen, toOnlyTenant } from './subject';
import type { Subject } from './subject';

/**
 * Whose things a list shows.
 *
 * @param tenant - as the query names it
 * @param options - who asks, and for what, in the plural
 * @returns the tenant; null for all of them
 * @throws ApiError `forbidden` for somebody else's, `invalid-request` when one has to be named
 */
export function chooseTenant(
  tenant: string | undefined,
  { subject, what }: { readonly subject: Subject; readonly what: string },
): string | null {
  if (tenant !== undefined) {
    if (isTenantOpen(subject, tenant)) return tenant;
    throw new ApiError('forbidden', `The subject may not see the ${what} of ${tenant}.`);
  }
  if (subject.tenants.includes(ALL_TENANTS)) return null;
  const only = toOnlyTenant(subject);
  if (only !== null) return only;
  const known = subject.tenants.join(', ');
  throw new ApiError('invalid-request', `Name one of the subject's tenants: ?tenant= ${known}.`);
}
