import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CHUNKS_IN_FLIGHT_MAX } from '../../contract/messages';
import type { ActionAnswer, ActionNote } from '../../contract/messages';
import { parseDuration } from '../../domain/duration';
import type { BatchKey } from '../../outbound/result-store';
import type { ActionName } from '../../service/act-on-batch';
import type { BatchService } from '../../service/batch-service';
import { createSuccess } from '../../service/service-result';
import type { ServiceResult } from '../../service/service-result';
import type { ApiApp, ApiContext } from '../api-app';
import { ApiError } from '../api-error';
import { recordDeed } from '../audit-log';
import { toSubject } from '../auth/guard';
import { BATCH_PARAMS, TENANT_QUERY, toBatchKey } from '../batch-key';
import { isRoleEnough } from '../subject';
import type { Role } from '../subject';
import { NOTE } from '../views/shapes';

const CHUNKS_MAX = 10_000;

const NO_DURATION = 'must be a duration with units, such as 90m, 6h or 2d.';

const CHUNKS = NOTE.extend({
  chunks: z
    .array(z.string().min(1).max(100))
    .max(CHUNKS_MAX)
    .exactOptional()
    .describe('Chunk paths such as `sessions/0-89`; all parked ones when left out.'),
});

const DECISION = NOTE.extend({
  plan: z.string().min(1).max(100).describe('The plan, as the progress shows it.'),
});

interface ActionRoute {
  readonly name: ActionName;
  readonly access: Role;
  readonly summary: string;
  readonly description: string;
  readonly body: z.ZodType<ActionNote | null>;
}

const ACTIONS: readonly ActionRoute[] = [
  {
    name: 'retryFailed',
    access: 'operator',
    summary: 'Retry what is parked',
    description:
      'Once the cause is mended: sends what is parked once more, with the same tokens, and asks at closed gates too. Of an ended batch: starts its next run, which looks for what exists and buys what is missing.',
    body: CHUNKS.nullable(),
  },
  {
    name: 'retryNow',
    access: 'operator',
    summary: 'Ask at a closed gate at once',
    description:
      'Asks at once whether quota, stock or account are back, instead of at the next planned look. Parked chunks stay parked; retryFailed is for those.',
    body: NOTE.nullable(),
  },
  {
    name: 'skip',
    access: 'operator',
    summary: 'Give up parked chunks',
    description: 'Their slots stay empty, and the batch ends with fewer instances than asked.',
    body: CHUNKS.nullable(),
  },
  {
    name: 'pause',
    access: 'operator',
    summary: 'Pause',
    description: 'Makes no new calls; what is under way goes on.',
    body: NOTE.nullable(),
  },
  {
    name: 'resume',
    access: 'operator',
    summary: 'Resume',
    description: 'Goes on after a pause.',
    body: NOTE.nullable(),
  },
  {
    name: 'setConcurrency',
    access: 'operator',
    summary: 'Set how many calls are in flight',
    description: 'For the create calls of each shard, from now on.',
    body: NOTE.extend({ chunksInFlight: z.int().min(1).max(CHUNKS_IN_FLIGHT_MAX) }),
  },
  {
    name: 'extendDeadline',
    access: 'operator',
    summary: 'Extend the deadline',
    description: 'Lets the batch go on for longer before it ends with what it has.',
    body: NOTE.extend({
      extendBy: z
        .string()
        .min(1)
        .max(50)
        .refine((text) => parseDuration(text) !== null, { error: NO_DURATION })
        .describe('How much longer, such as `90m` or `6h`.'),
    }),
  },
  {
    name: 'approve',
    access: 'admin',
    summary: 'Approve',
    description: 'Lets a batch that waits for an approval buy what the named plan says.',
    body: DECISION,
  },
  {
    name: 'reject',
    access: 'admin',
    summary: 'Reject',
    description: 'Ends a batch that waits for an approval; nothing was bought.',
    body: DECISION,
  },
  {
    name: 'cancel',
    access: 'operator',
    summary: 'Cancel',
    description:
      'Buys nothing more and ends. What was bought is kept or released; to release it needs the role admin.',
    body: NOTE.extend({
      instances: z
        .enum(['keep', 'release'])
        .exactOptional()
        .describe('What becomes of what was bought; as the request says when left out.'),
    }).nullable(),
  },
];

const ANSWER = z
  .object({
    message: z.string().describe('What was done, as a sentence.'),
    chunks: z.array(z.string()).describe('Chunk paths that the action touched.'),
    startedRunId: z
      .string()
      .nullable()
      .describe('Of the next run that `retryFailed` of an ended batch has started; else null.'),
  })
  .meta({ id: 'ActionAnswer' });

/** Adds a route for each operator action. */
export function addActionRoutes(app: ApiApp, { service }: ApiContext): void {
  for (const action of ACTIONS) {
    app.route({
      method: 'POST',
      url: `/v1/batches/:batchId/actions/${action.name}`,
      config: { access: action.access, action: action.name },
      schema: {
        operationId: action.name,
        summary: action.summary,
        description: action.description,
        tags: ['actions'],
        params: BATCH_PARAMS,
        querystring: TENANT_QUERY,
        body: action.body,
        response: { 200: ANSWER.describe('What was done.') },
      },
      handler: async (request, reply) => {
        const key = toBatchKey(request);
        const input = toInput(request, action.name);
        const result = await act(service, key, { name: action.name, input });
        const done = recordDeed(request, { action: action.name, key }, result);
        return reply.send({ ...done, chunks: [...done.chunks] });
      },
    });
  }
}

/** Who acts is whoever was let in, and never what a body says. */
function toInput(request: FastifyRequest, name: ActionName): ActionNote {
  const { name: by, role } = toSubject(request);
  const body = request.body as (ActionNote & { readonly instances?: string }) | null;
  if (name === 'cancel' && body?.instances === 'release' && !isRoleEnough(role, 'admin')) {
    throw new ApiError('forbidden', 'Releasing instances needs the role admin.');
  }
  return { ...body, by };
}

async function act(
  service: BatchService,
  key: BatchKey,
  { name, input }: { readonly name: ActionName; readonly input: ActionNote },
): Promise<ServiceResult<Deed>> {
  if (name !== 'retryFailed') {
    const answer = await service.act(key, { name, input });
    return answer.ok ? createSuccess({ ...answer.value, startedRunId: null }) : answer;
  }
  const retried = await service.retry(key, input);
  if (!retried.ok) return retried;
  const { value } = retried;
  if (value.kind === 'resumed') return createSuccess({ ...value.answer, startedRunId: null });
  return createSuccess({ ...NEXT_RUN, startedRunId: value.runId });
}

/** What was done, and the run that was started for it. */
type Deed = ActionAnswer & { readonly startedRunId: string | null };

const NEXT_RUN: ActionAnswer = {
  message: 'The batch had ended: its next run looks for what exists and buys what is missing.',
  chunks: [],
};
