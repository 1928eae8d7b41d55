import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DERIVED_ID_RULE, ID_RULE } from '../domain/check-texts';
import type { BatchKey } from '../outbound/result-store';
import { createNotFound } from './api-error';
import { toSubject } from './auth/guard';
import { toText } from './text-schema';
import { toMeantTenant } from './choose-tenant';
import { isTenantOpen } from './subject';

/** The batch id in the path of a route. */
export const BATCH_PARAMS = z.object({
  batchId: toText(DERIVED_ID_RULE).describe('Id of the batch.'),
});

/** A tenant's name. */
export const TENANT = toText(ID_RULE);

/** The tenant in the query of a route. */
export const TENANT_QUERY = z.strictObject({
  tenant: TENANT.optional().describe('Tenant; it may be left out by a subject that has one only.'),
});

/** Which batch a route is about, as its schemas have read it. */
export interface BatchAddress {
  readonly params: z.output<typeof BATCH_PARAMS>;
  readonly query: z.output<typeof TENANT_QUERY>;
}

/**
 * The key of the batch that a request is about.
 *
 * @throws ApiError `not-found` for a batch of somebody else, as for one that does not exist;
 *   `invalid-request` when the tenant has to be named
 */
export function toBatchKey(request: FastifyRequest): BatchKey {
  const { batchId } = request.params as BatchAddress['params'];
  const { tenant } = request.query as BatchAddress['query'];
  const subject = toSubject(request);
  const key = { tenant: toMeantTenant(tenant, subject), batchId };
  if (isTenantOpen(subject, key.tenant)) return key;
  throw createNotFound(key);
}
