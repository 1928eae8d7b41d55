import type { SweepOrphansInput } from '../contract/sweep-types';
import { toOrphanSteps } from '../domain/orphan-steps';
import type { Orphan } from '../domain/result';

/** How far a sweep is. */
export interface SweepView {
  /** Looks that were made. */
  readonly looks: number;
  readonly found: readonly Orphan[];
  /** When the next look comes, ms since the epoch; null when there is none. */
  readonly nextAtMs: number | null;
}

/** Orphans that the details list one by one. */
const ROWS_MAX = 20;

/** What an operator reads on the page of a sweep: plain words, in Markdown. */
export function toSweepDetails(
  { tenant, batchId }: Pick<SweepOrphansInput, 'tenant' | 'batchId'>,
  { looks, found, nextAtMs }: SweepView,
): string {
  const name = `\`${tenant}/${batchId}\``;
  const next =
    nextAtMs === null
      ? `No more looks come; \`tairfleet sweep ${tenant}/${batchId}\` looks again.`
      : `The next look comes at ${toTime(nextAtMs)}.`;
  if (found.length === 0) {
    return [`**No new orphans** of ${name} in ${looks} looks after its end.`, next].join('\n\n');
  }
  const steps = toOrphanSteps(tenant, batchId).map((step) => `- ${step}`);
  return [
    `**${found.length} orphans** of ${name}: instances with its name that appeared after its end. ` +
      'They cost money, and the result lists them without a slot.',
    toTable(found),
    steps.join('\n'),
    next,
  ].join('\n\n');
}

function toTable(found: readonly Orphan[]): string {
  const rows = found
    .slice(0, ROWS_MAX)
    .map(({ id, name, region, status }) => `| ${id} | ${name} | ${region} | ${status} |`);
  const more = found.length - rows.length;
  const table = ['| instance | name | region | status |', '| --- | --- | --- | --- |', ...rows];
  return more > 0 ? `${table.join('\n')}\n\nand ${more} more` : table.join('\n');
}

function toTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
