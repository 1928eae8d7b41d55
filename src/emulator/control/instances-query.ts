import { z } from 'zod';
import { INSTANCE_STATUSES } from '../instance-life';
import { INSTANCE_STATES } from '../instance-state';
import { sayUnknown } from '../nearest-word';

/** The states of `GET /_emulator/stats`, with the one that stands for all but the deleted. */
const LISTED_STATES = ['live', ...INSTANCE_STATES] as const;

const LIMIT_RULE = 'limit must be an integer above 0.';

const instancesQuerySchema = z.object({
  state: z.enum(LISTED_STATES, `state must be one of ${LISTED_STATES.join(', ')}.`).optional(),
  status: z
    .enum(INSTANCE_STATUSES, {
      error: ({ input }) => sayUnknown('status', String(input), INSTANCE_STATUSES),
    })
    .optional(),
  find: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number(LIMIT_RULE).int(LIMIT_RULE).positive(LIMIT_RULE).optional(),
});

/** The parameters of the query. */
export const INSTANCES_PARAMETERS: readonly string[] = Object.keys(instancesQuerySchema.shape);

/** Which instances are asked for; all that is undefined leaves nothing out. */
export type InstancesQuery = z.infer<typeof instancesQuerySchema>;

/** A valid query, or the name of the first parameter that is wrong and what it must be. */
export type InstancesQueryResult =
  | { readonly ok: true; readonly query: InstancesQuery }
  | { readonly ok: false; readonly parameter: string; readonly problem: string };

/**
 * Reads the query of `GET /_emulator/instances`: the state or the very status, a part of an id or
 * name, and a page as the last id that was already read and a number. A parameter without a value is
 * as good as none.
 */
export function parseInstancesQuery(text: string): InstancesQueryResult {
  const given = [...new URLSearchParams(text)].filter(([, value]) => value !== '');
  const parsed = instancesQuerySchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return { ok: true, query: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, parameter: String(issue?.path[0]), problem: issue?.message ?? '' };
}
