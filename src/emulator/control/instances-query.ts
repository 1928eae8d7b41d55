import { z } from 'zod';

const instancesQuerySchema = z.object({
  status: z.string().optional(),
  find: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().positive().optional(),
});

/** Which instances are asked for; all that is undefined leaves nothing out. */
export type InstancesQuery = z.infer<typeof instancesQuerySchema>;

/** A valid query, or the name of the first parameter that is wrong. */
export type InstancesQueryResult =
  | { readonly ok: true; readonly query: InstancesQuery }
  | { readonly ok: false; readonly parameter: string };

/**
 * Reads the query of `GET /_emulator/instances`: the status, a part of an id or name, and a page as
 * the last id that was already read and a number. A parameter without a value is as good as none.
 */
export function parseInstancesQuery(text: string): InstancesQueryResult {
  const given = [...new URLSearchParams(text)].filter(([, value]) => value !== '');
  const parsed = instancesQuerySchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) return { ok: false, parameter: String(parsed.error.issues[0]?.path[0]) };
  return { ok: true, query: parsed.data };
}
