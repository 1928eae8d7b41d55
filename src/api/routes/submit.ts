import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PreflightReport } from '../../domain/preflight-report';
import { createBatchPreview, isOrdering } from '../../service/batch-preview';
import type { BatchPreview } from '../../service/batch-preview';
import type { Applied } from '../../service/apply-batch';
import { toKey } from '../../service/find-batch';
import { toKnownBatch } from '../../service/known-batch';
import type { PlannableBatch } from '../../service/known-batch';
import { preflightPlan } from '../../service/plan-preflight';
import type { ApiApp, ApiContext } from '../api-app';
import { ApiError, toApiError } from '../api-error';
import { recordDeed, recordRefusal, toValue } from '../audit-log';
import { toSubject } from '../auth/guard';
import { TENANT_QUERY } from '../batch-key';
import { readSubmission } from '../read-submission';
import { isRoleEnough } from '../subject';
import { PLAN, toPlanView } from '../views/plan-view';
import { REQUEST_TEXT, RUN_ID, RUN_STATUS, WORKFLOW_ID } from '../views/shapes';

const SUBMITTED = z
  .object({
    tenant: z.string(),
    batchId: z.string(),
    isNew: z.boolean().describe('False when the same request was submitted before.'),
    status: RUN_STATUS.nullable().describe('Of the latest run.'),
    workflowId: WORKFLOW_ID,
    runId: RUN_ID,
  })
  .meta({ id: 'Submitted' });

const HEADERS = z.object({
  'idempotency-key': z
    .string()
    .max(200)
    .optional()
    .describe('The batch id of a request that names none; else it must be the same.'),
});

const PLAN_QUERY = TENANT_QUERY.extend({
  chunks: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(10)
    .describe('How many of the first create calls are listed.'),
  preflight: z
    .enum(['true', 'false'])
    .default('false')
    .describe(
      '`true`: a worker asks the cloud what the batch would meet, which needs the role operator.',
    ),
});

/** Adds the routes that take a batch request. */
export function addSubmitRoutes(app: ApiApp, context: ApiContext): void {
  addSubmitRoute(app, context);
  addPlanRoute(app, context);
}

function addSubmitRoute(app: ApiApp, { service }: ApiContext): void {
  app.route({
    method: 'POST',
    url: '/v1/batches',
    config: { access: 'operator', action: 'submit' },
    schema: {
      operationId: 'submitBatch',
      summary: 'Submit a batch',
      description:
        'Orders the instances of a request. The same request under the same id finds the batch ' +
        'that is there, however often it is sent; another request under it is refused.',
      tags: ['batches'],
      headers: HEADERS,
      querystring: TENANT_QUERY,
      body: REQUEST_TEXT,
      response: { 202: SUBMITTED.describe('The batch is there; it goes on by itself.') },
    },
    handler: async (request, reply) => {
      const submission = readSubmission(request);
      const key = toKey(submission);
      const isNew = ({ kind }: Applied): boolean => kind === 'started';
      const deed = { action: 'submit', key, isNew };
      const applied = recordDeed(request, deed, await service.apply(submission));
      const query = new URLSearchParams({ tenant: key.tenant });
      reply.header('location', `/v1/batches/${encodeURIComponent(key.batchId)}?${query}`);
      return reply.status(202).send({ ...key, isNew: isNew(applied), ...toRun(applied) });
    },
  });
}

function toRun(
  applied: Applied,
): Pick<z.input<typeof SUBMITTED>, 'status' | 'workflowId' | 'runId'> {
  if (applied.kind === 'attached-to-result') return { status: null, workflowId: null, runId: null };
  const { workflowId, runId } = applied.kind === 'started' ? applied : applied.run;
  return {
    status: applied.kind === 'started' ? 'running' : applied.run.status,
    workflowId,
    runId,
  };
}

function addPlanRoute(app: ApiApp, { service, plan }: ApiContext): void {
  app.route({
    method: 'POST',
    url: '/v1/plans',
    config: { access: 'viewer' },
    schema: {
      operationId: 'planBatch',
      summary: 'Plan a batch',
      description:
        'Shows what submitting a request would order, call by call. Orders nothing. With a preflight ' +
        'it says what the cloud has and what it costs; that takes seconds.',
      tags: ['batches'],
      headers: HEADERS,
      querystring: PLAN_QUERY,
      body: REQUEST_TEXT,
      response: { 200: PLAN.describe('What would be ordered.') },
    },
    handler: async (request, reply) => {
      const submission = readSubmission(request);
      const known = toKnownBatch(await service.find(submission));
      if (known.kind === 'conflict') throw toApiError(known.failure);
      const options = { config: plan, chunksMax: request.query.chunks };
      const built = createBatchPreview(submission, hideReason(known), options);
      const preview = toValue(built, toKey(submission));
      const isAsked = request.query.preflight === 'true';
      const report = isAsked ? await askPreflight(request, service, preview) : null;
      return reply.send(toPlanView(preview, { isOrdering: isOrdering(preview), report }));
    },
  });
}

/** It costs calls of the account, which a viewer has no say in. */
async function askPreflight(
  request: FastifyRequest,
  service: ApiContext['service'],
  preview: BatchPreview,
): Promise<PreflightReport> {
  if (!isRoleEnough(toSubject(request).role, 'operator')) {
    const refusal = new ApiError('forbidden', 'A preflight needs the role operator: leave it out.');
    recordRefusal(request, refusal, 'preflight');
    throw refusal;
  }
  const { tenant, batchId } = preview.request;
  const deed = { action: 'preflight', key: { tenant, batchId } };
  return recordDeed(request, deed, await preflightPlan(service, preview));
}

/** Why a server does not answer is for whoever runs it. */
function hideReason(known: PlannableBatch): PlannableBatch {
  return known.kind === 'unknown' ? { kind: 'unknown', why: 'no server answered' } : known;
}
