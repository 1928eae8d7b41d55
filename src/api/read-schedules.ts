import type { FastifyRequest } from 'fastify';
import type { ScheduleFile } from '../domain/schedule/schedule';
import { readSchedulesText } from '../input/read-schedules';
import { ApiError } from './api-error';
import { toSubject } from './auth/guard';
import { toDefaultTenant } from './batch-key';
import { createInvalidInput } from './invalid-input';
import { isTenantOpen } from './subject';

/**
 * Reads and checks the schedules of a body. Their tenant may follow from the subject.
 *
 * @param request - with the body as text
 * @throws ApiError `invalid-input` with every problem and its place, `forbidden` for another tenant
 */
export function readSchedules(request: FastifyRequest): ScheduleFile {
  const subject = toSubject(request);
  const fallbackTenant = toDefaultTenant(subject);
  const read = readSchedulesText(request.body as string, { fileName: 'body', fallbackTenant });
  if (!read.ok) throw createInvalidInput(read.problems);
  const { tenant } = read.file;
  if (isTenantOpen(subject, tenant)) return read.file;
  throw new ApiError('forbidden', `The subject may not order for the tenant ${tenant}.`);
}
