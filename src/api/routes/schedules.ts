import { z } from 'zod';
import type { ApiApp, ApiContext } from '../api-app';
import { toApiError } from '../api-error';
import { recordDeed, toValue } from '../audit-log';
import { toSubject } from '../auth/guard';
import { TENANT, TENANT_QUERY } from '../batch-key';
import { chooseTenant } from '../choose-tenant';
import { SCHEDULE_PARAMS, toScheduleKey } from '../schedule-key';
import {
  LISTED_SCHEDULE,
  SCHEDULE,
  toListedSchedule,
  toScheduleView,
} from '../views/schedule-view';

const LIST_QUERY = z.strictObject({
  tenant: TENANT.optional().describe('Only those of a tenant.'),
});

const SCHEDULES = z.object({ schedules: z.array(LISTED_SCHEDULE) }).meta({ id: 'ScheduleList' });

const tags = ['schedules'];
const ADDRESS = { tags, params: SCHEDULE_PARAMS, querystring: TENANT_QUERY };

/** Adds the routes that read schedules, and delete one. */
export function addScheduleRoutes(app: ApiApp, { service }: ApiContext): void {
  app.route({
    method: 'GET',
    url: '/v1/schedules',
    config: { access: 'viewer' },
    schema: {
      ...{ tags, querystring: LIST_QUERY, operationId: 'listSchedules' },
      summary: 'List schedules',
      description: 'By tenant and name. A change shows within seconds.',
      response: { 200: SCHEDULES.describe('Schedules of tenants that the subject may see.') },
    },
    handler: async (request, reply) => {
      const asked = { subject: toSubject(request), what: 'schedules' };
      const listed = await service.listSchedules(
        chooseTenant(request.query.tenant, asked) ?? undefined,
      );
      if (!listed.ok) throw toApiError(listed);
      return reply.send({ schedules: listed.value.map(toListedSchedule) });
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/schedules/:name',
    config: { access: 'viewer' },
    schema: {
      ...{ ...ADDRESS, operationId: 'getSchedule', summary: 'Look at a schedule' },
      description: 'When it orders, what it has ordered, and whether it is paused.',
      response: { 200: SCHEDULE.describe('What is known right now.') },
    },
    handler: async (request, reply) => {
      const key = toScheduleKey(request);
      return reply.send(toScheduleView(toValue(await service.schedule(key), key)));
    },
  });
  app.route({
    method: 'DELETE',
    url: '/v1/schedules/:name',
    config: { access: 'operator', action: 'deleteSchedule' },
    schema: {
      ...{ ...ADDRESS, operationId: 'deleteSchedule', summary: 'Delete a schedule' },
      description: 'What it has started goes on, and keeps its results.',
      response: { 204: z.null().describe('It is gone.') },
    },
    handler: async (request, reply) => {
      const key = toScheduleKey(request);
      const deed = { action: 'deleteSchedule', key };
      recordDeed(request, deed, await service.deleteSchedule(key));
      return reply.status(204).send(null);
    },
  });
}
