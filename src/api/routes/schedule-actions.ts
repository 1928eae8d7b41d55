import { z } from 'zod';
import type { ActionNote } from '../../contract/messages';
import type { ScheduleKey } from '../../domain/schedule/schedule';
import { MOMENT_RULE } from '../../domain/schedule/check-moment';
import type { ScheduleFacts } from '../../service/schedules/schedule-state';
import type { ServiceResult } from '../../service/service-result';
import type { ApiApp, ApiContext } from '../api-app';
import { ApiError } from '../api-error';
import { recordDeed } from '../audit-log';
import { toSubject } from '../auth/guard';
import { TENANT_QUERY } from '../batch-key';
import { SCHEDULE_PARAMS, toScheduleKey } from '../schedule-key';
import { toText } from '../text-schema';
import { toTime } from '../views/batch-view';
import { FIRING, SCHEDULE, toFiringView, toScheduleView } from '../views/schedule-view';
import { NOTE, TIME } from '../views/shapes';

const MOMENT = toText(MOMENT_RULE).meta({ format: 'date-time' });

const BACKFILL = z.strictObject({
  from: MOMENT.describe('First time.'),
  to: MOMENT.describe('Last time.'),
  isParallel: z.boolean().default(false).describe('All batches at once.'),
  isDryRun: z.boolean().default(false).describe('Only tells the times.'),
});

const BACKFILLED = z
  .object({
    filled: z.array(TIME).describe('Times that are ordered for, moved by the jitter.'),
    known: z.array(TIME).describe('Times that have a batch, and are left out.'),
  })
  .meta({ id: 'Backfilled' });

const TRIGGERED = z.object({ batch: FIRING }).meta({ id: 'Triggered' });

const ADDRESS = { tags: ['schedules'], params: SCHEDULE_PARAMS, querystring: TENANT_QUERY };

/** Adds what an operator can do with a schedule. */
export function addScheduleActionRoutes(app: ApiApp, { service }: ApiContext): void {
  addPauseRoute(app, {
    ...{ name: 'pause', summary: 'Let a schedule order no more' },
    act: (key, note) => service.pauseSchedule(key, note),
  });
  addPauseRoute(app, {
    ...{ name: 'resume', summary: 'Let a schedule order again' },
    act: (key, note) => service.resumeSchedule(key, note),
  });
  app.route({
    method: 'POST',
    url: '/v1/schedules/:name/actions/trigger',
    config: { access: 'operator', action: 'triggerSchedule' },
    schema: {
      ...{ ...ADDRESS, operationId: 'triggerSchedule', summary: 'Order now' },
      description:
        'Beside whatever runs. A second has one batch: a call in the second of another one orders ' +
        'nothing and is a `conflict` that names it.',
      response: { 200: TRIGGERED.describe('What was started.') },
    },
    handler: async (request, reply) => {
      const key = toScheduleKey(request);
      const deed = { action: 'triggerSchedule', key };
      const started = recordDeed(request, deed, await service.triggerSchedule(key));
      return reply.send({ batch: toFiringView(started) });
    },
  });
  addBackfillRoute(app, { service });
}

interface PauseRoute {
  readonly name: 'pause' | 'resume';
  readonly summary: string;
  readonly act: (key: ScheduleKey, note: ActionNote) => Promise<ServiceResult<ScheduleFacts>>;
}

function addPauseRoute(app: ApiApp, { name, summary, act }: PauseRoute): void {
  const operationId = `${name}Schedule`;
  app.route({
    method: 'POST',
    url: `/v1/schedules/:name/actions/${name}`,
    config: { access: 'operator', action: operationId },
    schema: {
      ...{ ...ADDRESS, operationId, summary },
      body: NOTE.nullable(),
      response: { 200: SCHEDULE.describe('The schedule as it is now.') },
    },
    handler: async (request, reply) => {
      const key = toScheduleKey(request);
      const { name: by } = toSubject(request);
      const done = await act(key, { ...request.body, by });
      return reply.send(toScheduleView(recordDeed(request, { action: operationId, key }, done)));
    },
  });
}

function addBackfillRoute(app: ApiApp, { service }: Pick<ApiContext, 'service'>): void {
  app.route({
    method: 'POST',
    url: '/v1/schedules/:name/actions/backfill',
    config: { access: 'operator', action: 'backfillSchedule' },
    schema: {
      ...{ ...ADDRESS, operationId: 'backfillSchedule', summary: 'Order for past times' },
      description: 'A time that has a batch is left out, whatever became of it. At most 100 times.',
      body: BACKFILL,
      response: { 200: BACKFILLED.describe('What is filled in, and what is left out.') },
    },
    handler: async (request, reply) => {
      const key = toScheduleKey(request);
      const { from, to, isParallel, isDryRun } = request.body;
      const order = { fromMs: Date.parse(from), toMs: Date.parse(to), isParallel, isDryRun };
      if (!(order.fromMs <= order.toMs)) {
        throw new ApiError('invalid-request', '`to` must be a moment that is not before `from`.');
      }
      const deed = { action: 'backfillSchedule', key, isDryRun };
      const filled = recordDeed(request, deed, await service.backfillSchedule(key, order));
      return reply.send({
        filled: filled.filledMs.map((atMs) => toTime(atMs)),
        known: filled.knownMs.map((atMs) => toTime(atMs)),
      });
    },
  });
}
