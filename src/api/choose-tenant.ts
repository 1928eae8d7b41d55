import { ApiError } from './api-error';
import { ALL_TENANTS, isTenantOpen, toOwnTenant } from './subject';
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
  return subject.tenants.includes(ALL_TENANTS) ? null : toMeantTenant(undefined, subject);
}

/**
 * Whose batch or schedule is meant. A guess would order for the wrong tenant, or act on what is its.
 *
 * @param tenant - as the query names it
 * @param subject - who asks
 * @throws ApiError `invalid-request` when one has to be named
 */
export function toMeantTenant(tenant: string | undefined, subject: Subject): string {
  const meant = tenant ?? toOwnTenant(subject);
  if (meant !== null) return meant;
  const { tenants } = subject;
  throw new ApiError(
    'invalid-request',
    tenants.includes(ALL_TENANTS)
      ? 'The subject has all tenants: name the one that is meant, by ?tenant=.'
      : `Name one of the subject's tenants, by ?tenant=: ${tenants.join(', ')}.`,
  );
}

/**
 * For whom a body is that may name its tenant itself.
 *
 * @param document - the body as it was written
 * @param options - who sends it, and the tenant of the query
 * @returns the tenant; null when the body names it
 * @throws ApiError `invalid-request` when one has to be named, or query and body name two
 */
export function toBodyTenant(
  document: unknown,
  { tenant, subject }: { readonly tenant: string | undefined; readonly subject: Subject },
): string | null {
  if (!isObject(document) || !Object.hasOwn(document, 'tenant')) {
    return toMeantTenant(tenant, subject);
  }
  const written = String(document['tenant']);
  if (tenant === undefined || tenant === written) return null;
  throw new ApiError(
    'invalid-request',
    `The query is about the tenant ${tenant}, and the body about ${written}: leave one of them ` +
      'out, or make them the same.',
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
