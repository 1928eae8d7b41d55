import { REQUEST_DEFAULTS } from '../batch-request';
import { ObjectReader, type ObjectShape } from '../check-object';
import { ID_RULE } from '../check-texts';
import { LIMITS } from '../limits';
import type { Problem } from '../problem';
import type { CronGrammar } from './calendar-times';
import { checkSchedule } from './check-schedule';
import { SCHEDULES_VERSION } from './schedule';
import type { Schedule, ScheduleFile } from './schedule';

/** Keys of a file of schedules. */
export const SCHEDULE_FILE_SHAPE: ObjectShape = {
  required: {
    apiVersion: `apiVersion: ${SCHEDULES_VERSION}.`,
    schedules: 'a list of schedules, each with name, when it orders, and request.',
  },
  optional: ['tenant'],
};

/** What a check found: the schedules with their defaults, or everything that is wrong. */
export type CheckedScheduleFile =
  | { readonly ok: true; readonly file: ScheduleFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What the document itself does not say. */
export interface CheckFileOptions {
  readonly grammar: CronGrammar;
  /** Tenant of a document without one; `default` when left out. */
  readonly fallbackTenant?: string;
}

/**
 * Turns a document into schedules, or into the list of all that is wrong with it. Each request is
 * checked as `apply` checks it. Pure, and never throws on a value that came out of YAML or JSON.
 */
export function checkScheduleFile(input: unknown, options: CheckFileOptions): CheckedScheduleFile {
  const { grammar, fallbackTenant = REQUEST_DEFAULTS.tenant } = options;
  const problems: Problem[] = [];
  const reader = new ObjectReader(input ?? null, SCHEDULE_FILE_SHAPE, { path: [], problems });
  if (!reader.isObject) return { ok: false, problems };
  reader.choice('apiVersion', [SCHEDULES_VERSION]);
  const tenant = reader.text('tenant', ID_RULE) ?? fallbackTenant;
  const schedules = reader
    .list('schedules', { min: 0, max: LIMITS.schedulesMax })
    .map((entry, at) => checkSchedule(entry, reader.below('schedules', at), { tenant, grammar }));
  checkNames(schedules, reader);
  return problems.length === 0
    ? { ok: true, file: { tenant, schedules } }
    : { ok: false, problems };
}

function checkNames(schedules: readonly Schedule[], reader: ObjectReader): void {
  schedules.forEach(({ name }, at) => {
    const twin = schedules.findIndex((other) => other.name === name);
    if (name === '' || twin === at) return;
    const { path, problems } = reader.below('schedules', at, 'name');
    const message = `is also the name of schedules[${twin}]; names must differ within a tenant.`;
    problems.push({ path, code: 'duplicate', message });
  });
}
