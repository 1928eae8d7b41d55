import { z } from 'zod';
import type { LogEntry } from '../request-log';

const count = z.coerce.number().int().nonnegative();

const logQuerySchema = z.object({
  since: count.default(0),
  last: count.optional(),
  action: z.string().optional(),
  status: count.optional(),
  code: z.string().optional(),
  find: z.string().optional(),
  brief: z.string().optional(),
});

/** Which entries of the request log are asked for. */
export interface LogQuery {
  /** `seq` of the last entry already read; 0: none. */
  readonly since: number;
  /** Only so many of the latest that match; undefined: all. */
  readonly last: number | undefined;
  /** Without what can be long: other parameters than names, and ids. */
  readonly isBrief: boolean;
  matches(entry: LogEntry): boolean;
}

/** A valid query, or the name of the first parameter that is wrong. */
export type LogQueryResult =
  | { readonly ok: true; readonly query: LogQuery }
  | { readonly ok: false; readonly parameter: string };

/**
 * Reads the query of `GET /_emulator/log`. A parameter without a value is as good as none, so that
 * an empty field of a form filters nothing.
 */
export function parseLogQuery(text: string): LogQueryResult {
  const given = [...new URLSearchParams(text)].filter(([, value]) => value !== '');
  const parsed = logQuerySchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) return { ok: false, parameter: String(parsed.error.issues[0]?.path[0]) };
  const { since, last, brief, ...wanted } = parsed.data;
  const isBrief = brief === 'true';
  return { ok: true, query: { since, last, isBrief, matches: (entry) => isWanted(entry, wanted) } };
}

type WantedEntry = Omit<z.infer<typeof logQuerySchema>, 'since' | 'last' | 'brief'>;

function isWanted(entry: LogEntry, { action, status, code, find }: WantedEntry): boolean {
  if (action !== undefined && entry.action !== action) return false;
  if (status !== undefined && entry.status !== status) return false;
  if (code !== undefined && entry.code !== code) return false;
  return find === undefined || isNamed(entry, find);
}

/** By what a client or a bill names a call: its token, its request id, an instance of it. */
function isNamed({ params, requestId, ids, committedIds }: LogEntry, name: string): boolean {
  return (
    requestId.includes(name) ||
    [params['Token'], params['ClientToken'], params['InstanceId']].some((value) =>
      value?.includes(name),
    ) ||
    ids.includes(name) ||
    committedIds.includes(name)
  );
}
