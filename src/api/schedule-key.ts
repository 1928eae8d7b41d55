import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SCHEDULE_NAME_RULE } from '../domain/schedule/check-schedule';
import type { ScheduleKey } from '../domain/schedule/schedule';
import { createNotFound } from './api-error';
import { toSubject } from './auth/guard';
import type { TENANT_QUERY } from './batch-key';
import { toMeantTenant } from './choose-tenant';
import { isTenantOpen } from './subject';
import { toText } from './text-schema';

/** The name in the path of a route. */
export const SCHEDULE_PARAMS = z.object({
  name: toText(SCHEDULE_NAME_RULE).describe('Name of the schedule.'),
});

/**
 * The key of the schedule that a request is about.
 *
 * @throws ApiError `not-found` for one of somebody else, as for one that does not exist;
 *   `invalid-request` when the tenant has to be named
 */
export function toScheduleKey(request: FastifyRequest): ScheduleKey {
  const { name } = request.params as z.output<typeof SCHEDULE_PARAMS>;
  const { tenant } = request.query as z.output<typeof TENANT_QUERY>;
  const subject = toSubject(request);
  const key = { tenant: toMeantTenant(tenant, subject), name };
  if (isTenantOpen(subject, key.tenant)) return key;
  throw createNotFound(key);
}
