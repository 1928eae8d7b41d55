import { z } from 'zod';
import { listOperations } from '../actions/action-table';
import { sayUnknown } from '../nearest-word';
import type { LogEntry } from '../request-log';
import { isNamed } from './named-call';

/** What a call of an operation that the emulator does not serve is logged under. */
const UNKNOWN_OPERATION = 'unknown';

const ACTIONS = [...listOperations(), UNKNOWN_OPERATION];

/** Each with what it must be, so that whoever mistypes a filter does not count in vain. */
const logQuerySchema = z.object({
  since: toCount(
    'since must be an integer of 0 or more: the seq of the last entry already read.',
  ).default(0),
  last: toCount('last must be an integer of 0 or more: a number of entries.').optional(),
  action: z
    .enum(ACTIONS, { error: ({ input }) => sayUnknown('operation', String(input), ACTIONS) })
    .optional(),
  status: toCount('status must be an integer of 0 or more: an HTTP status.').optional(),
  code: z.string().optional(),
  find: z.string().optional(),
  brief: z.enum(['true', 'false'], 'brief must be true or false.').optional(),
});

/** The parameters of the query. */
export const LOG_PARAMETERS: readonly string[] = Object.keys(logQuerySchema.shape);

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

/** A valid query, or the name of the first parameter that is wrong and what it must be. */
export type LogQueryResult =
  | { readonly ok: true; readonly query: LogQuery }
  | { readonly ok: false; readonly parameter: string; readonly problem: string };

/**
 * Reads the query of `GET /_emulator/log`. A parameter without a value is as good as none, so that
 * an empty field of a form filters nothing.
 */
export function parseLogQuery(text: string): LogQueryResult {
  const given = [...new URLSearchParams(text)].filter(([, value]) => value !== '');
  const parsed = logQuerySchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, parameter: String(issue?.path[0]), problem: issue?.message ?? '' };
  }
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

function toCount(rule: string): z.ZodCoercedNumber {
  return z.coerce.number(rule).int(rule).nonnegative(rule);
}
