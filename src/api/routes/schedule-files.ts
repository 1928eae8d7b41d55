import { z } from 'zod';
import { listScheduleWarnings } from '../../service/schedules/schedule-warnings';
import type { ApiApp, ApiContext } from '../api-app';
import { toApiError } from '../api-error';
import { recordDeed } from '../audit-log';
import { toSubject } from '../auth/guard';
import { TENANT_QUERY } from '../batch-key';
import { readSchedules } from '../read-schedules';
import { SCHEDULE_PLAN, toSchedulePlanView } from '../views/schedule-view';
import { SCHEDULES_TEXT } from '../views/shapes';

const QUERY = TENANT_QUERY.extend({
  prune: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true`: schedules of the tenant that are not in the body are deleted.'),
});

/** Adds the routes that take schedules as a file has them; where bodies are read as text. */
export function addScheduleFileRoutes(app: ApiApp, { service, plan }: ApiContext): void {
  const common = { tags: ['schedules'], querystring: QUERY, body: SCHEDULES_TEXT };
  app.route({
    method: 'POST',
    url: '/v1/schedule-plans',
    config: { access: 'viewer' },
    schema: {
      ...common,
      operationId: 'planSchedules',
      summary: 'Plan schedules',
      description: 'Shows what applying them would add, change and leave. Changes nothing.',
      response: { 200: SCHEDULE_PLAN.describe('What would be done.') },
    },
    handler: async (request, reply) => {
      const planned = await service.planSchedules({ file: readSchedules(request) });
      if (!planned.ok) throw toApiError(planned);
      const isPruned = request.query.prune === 'true';
      const warnings = listScheduleWarnings(planned.value, plan.warnings);
      return reply.send(toSchedulePlanView(planned.value, { isPruned, warnings }));
    },
  });
  app.route({
    method: 'PUT',
    url: '/v1/schedules',
    config: { access: 'operator', action: 'applySchedules' },
    schema: {
      ...common,
      operationId: 'applySchedules',
      summary: 'Apply schedules',
      description:
        'Makes the schedules of a tenant those of the body. The same body again changes nothing; ' +
        'a schedule that was made otherwise is never touched.',
      response: { 200: SCHEDULE_PLAN.describe('What was done.') },
    },
    handler: async (request, reply) => {
      const file = readSchedules(request);
      const isPruned = request.query.prune === 'true';
      const { name: submittedBy } = toSubject(request);
      const deed = { action: 'applySchedules', key: { tenant: file.tenant, name: '*' } };
      const applied = await service.applySchedules({ file, isPruned, submittedBy });
      const done = recordDeed(request, deed, applied);
      const warnings = listScheduleWarnings(done, plan.warnings);
      return reply.send(toSchedulePlanView(done, { isPruned, warnings }));
    },
  });
}
