import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ScheduleFile } from '../domain/schedule/schedule';
import { readSchedulesText } from '../input/read-schedules';
import { ApiError } from './api-error';
import { toSubject } from './auth/guard';
import type { TENANT_QUERY } from './batch-key';
import { toBodyTenant } from './choose-tenant';
import { createInvalidInput } from './invalid-input';
import { isTenantOpen, toOwnTenant } from './subject';

/**
 * Reads and checks the schedules of a body. Their tenant may stand in the query, or follow from the
 * subject.
 *
 * @param request - with the body as text
 * @throws ApiError `invalid-input` with every problem and its place, `forbidden` for another tenant,
 *   `invalid-request` when the tenant has to be named, or two are
 */
export function readSchedules(request: FastifyRequest): ScheduleFile {
  const subject = toSubject(request);
  const { tenant: asked } = request.query as z.output<typeof TENANT_QUERY>;
  const fallbackTenant = asked ?? toOwnTenant(subject);
  const read = readSchedulesText(request.body as string, {
    ...{ fileName: 'body' },
    ...(fallbackTenant === null ? {} : { fallbackTenant }),
  });
  if (!read.ok) throw createInvalidInput(read.problems);
  const tenant = toBodyTenant(read.document, { tenant: asked, subject }) ?? read.file.tenant;
  request.deedKey = { tenant, name: '*' };
  if (isTenantOpen(subject, tenant)) return read.file;
  throw new ApiError('forbidden', `The subject may not order for the tenant ${tenant}.`);
}
