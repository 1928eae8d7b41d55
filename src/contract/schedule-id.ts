/** Schedules: ids `schedule/<tenant>/<name>`, and the mark of those that are ours. */

const PREFIX = 'schedule';

/**
 * Memo key of a schedule of ours, and of each run that it starts. A schedule without it was made by
 * somebody else and is never touched.
 */
export const SCHEDULE_MEMO = 'tairfleet.schedule';

/** What stands under {@link SCHEDULE_MEMO} of what a schedule starts. */
export interface ScheduleMark {
  /** Name of the schedule. */
  readonly name: string;
  /** How many firings the file allows; the server counts down from it. */
  readonly firings: number | null;
}

/** Builds the id of a schedule. */
export function toScheduleId(tenant: string, name: string): string {
  return `${PREFIX}/${tenant}/${name}`;
}

/** Splits the id of a schedule; null when it is not one of ours. */
export function fromScheduleId(scheduleId: string): { tenant: string; name: string } | null {
  const [prefix, tenant, name, ...rest] = scheduleId.split('/');
  if (prefix !== PREFIX || !tenant || !name || rest.length > 0) return null;
  return { tenant, name };
}

/**
 * The nominal time in the id of a batch that a schedule has started, which Temporal appends in whole
 * seconds (server 1.32.0).
 *
 * @returns ms since 1970; null when the id is not one of that schedule
 */
export function readNominalTimeMs(batchId: string, name: string): number | null {
  if (!batchId.startsWith(`${name}-`)) return null;
  const text = batchId.slice(name.length + 1);
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) ? Date.parse(text) : null;
}

/**
 * The id of the batch that a schedule starts at one of its times: what {@link readNominalTimeMs} reads.
 *
 * @param name - name of the schedule
 * @param atMs - the nominal time, ms since 1970, a whole second
 */
export function toNominalBatchId(name: string, atMs: number): string {
  return `${name}-${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
