import { z } from 'zod';
import type { ApiApp } from '../api-app';
import { toSubject } from '../auth/guard';
import { ALL_TENANTS, ROLES } from '../subject';

const ME = z
  .object({
    subject: z.string().describe('As it stands in logs, such as `key:ci` or `jwt:ada`.'),
    role: z.enum(ROLES),
    tenants: z
      .array(z.string())
      .describe(`Whose batches and schedules it sees and touches; \`${ALL_TENANTS}\` for all.`),
  })
  .meta({ id: 'Me' });

/** Adds `/v1/me`: who the caller is, so that a client knows whose things it speaks of. */
export function addMeRoute(app: ApiApp): void {
  app.route({
    method: 'GET',
    url: '/v1/me',
    config: { access: 'viewer' },
    schema: {
      operationId: 'getMe',
      summary: 'Who asks',
      description:
        'The subject of the key or token, what it may do, and for which tenants. Without ' +
        'authentication it is whoever is at this host.',
      tags: ['caller'],
      querystring: z.strictObject({}),
      response: { 200: ME.describe('The caller.') },
    },
    handler: (request) => {
      const { name, role, tenants } = toSubject(request);
      return { subject: name, role, tenants: [...tenants] };
    },
  });
}
