import type { SweepHindrance, SweepReport } from '../../../contract/sweep-types';
import type { SweptBatch } from '../../../service/sweep-batches';
import { formatCount } from './numbers';
import { toTable } from './table';

/** Rows that people read; `--json` has all. */
const ROWS_SHOWN = 20;

const HINDRANCES: Readonly<Record<SweepHindrance, string>> = {
  running: 'a run of it is open, which may own what is there',
  releasing: 'it is being released',
  'just-deleted': 'instances were deleted a moment ago, and may still be listed',
  changed: 'its result has changed meanwhile',
};

/**
 * What a look for orphans has found.
 *
 * @param report - as the worker gives it
 */
export function toSweepLines(report: SweepReport): string[] {
  const shown = report.orphans.slice(0, ROWS_SHOWN);
  const more = report.orphans.length - shown.length;
  return [
    toSummary(report),
    ...shown.map(
      ({ id, name, region, status }) => `  orphan ${id} (${name}, ${region}, ${status})`,
    ),
    ...(more > 0 ? [`  … and ${formatCount(more)} more`] : []),
    ...(report.location === null ? [] : [`written down in ${report.location}`]),
  ];
}

/**
 * What one can do about it.
 *
 * @param report - as the worker gives it
 */
export function toSweepNextStep(report: SweepReport): string {
  const name = `${report.tenant}/${report.batchId}`;
  if (report.outcome === 'notNow') return `Run "tairfleet sweep ${name}" again later.`;
  return report.orphans.length + report.knownOrphans > 0
    ? `"tairfleet reconcile ${name}" shows which fit a free slot, and adopts or deletes them.`
    : 'Everything with its name is in the result.';
}

/**
 * A row for each batch.
 *
 * @param batches - as the service gives them
 */
export function toSweptTable(batches: readonly SweptBatch[]): string[] {
  if (batches.length === 0) return ['no ended batches'];
  const rows = batches.map(({ key, report }) => [
    `${key.tenant}/${key.batchId}`,
    report.ok ? toSummary(report.value) : report.message,
  ]);
  return toTable([['batch', 'orphans'], ...rows]);
}

function toSummary({ outcome, hindrance, orphans, knownOrphans, ...rest }: SweepReport): string {
  if (outcome === 'notNow') {
    return `not now: ${hindrance === null ? 'something stands against it' : HINDRANCES[hindrance]}`;
  }
  const how = rest.isCompared ? 'ids compared' : 'counted';
  const known = knownOrphans === 0 ? '' : `, ${formatCount(knownOrphans)} that the result lists`;
  return `${formatCount(orphans.length)} new${known} (${how})`;
}
