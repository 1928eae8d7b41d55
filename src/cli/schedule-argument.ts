import type { ScheduleKey } from '../domain/schedule/schedule';
import { parseBatchArgument } from './batch-argument';
import type { CliFailure } from './command-report';

/** Text of the flag `--tenant` of a command about one schedule. */
export const SCHEDULE_TENANT_FLAG = [
  '--tenant <name>',
  'tenant of a schedule given by its name alone',
] as const;

/** A parsed schedule argument, or what is wrong with it. */
export type ScheduleArgument =
  | { readonly ok: true; readonly key: ScheduleKey; readonly isTenantNamed: boolean }
  | { readonly ok: false; readonly failure: CliFailure };

/**
 * Reads how people name a schedule: `tenant/name`, or `name` with `--tenant`. The id
 * `schedule/tenant/name`, as copied from the Temporal UI, is taken as well.
 *
 * @param text - the argument
 * @param tenant - value of `--tenant`; `default` when left out
 */
export function parseScheduleArgument(text: string, tenant?: string): ScheduleArgument {
  const named = parseBatchArgument(text.replace(/^schedule\//, ''), tenant);
  if (named.ok) {
    const { tenant: owner, batchId: name } = named.key;
    return { ok: true, key: { tenant: owner, name }, isTenantNamed: named.isTenantNamed };
  }
  const message = `"${text}" names no schedule. Write tenant/name, or name alone, and no other --tenant.`;
  return { ok: false, failure: { code: 'usage', message } };
}
