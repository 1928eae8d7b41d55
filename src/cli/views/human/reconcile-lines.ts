import type { ReconcileReport } from '../../../contract/operation-types';
import type { BatchKey } from '../../../outbound/result-store';
import { formatCount } from './numbers';

/** Rows of each kind that people read; `--json` has a thousand. */
const ROWS_SHOWN = 20;

/**
 * What differs between cloud and result, and what was done about it.
 *
 * @param report - as the worker gives it
 */
export function toReconcileLines(report: ReconcileReport): string[] {
  const { counts } = report;
  return [
    `in both ${formatCount(counts.both)}, missing ${formatCount(counts.missing)}, ` +
      `orphans ${formatCount(counts.orphans)}, changed ${formatCount(counts.changed)}`,
    ...toRows('missing', report.missing, counts.missing),
    ...toRows(
      'orphan ',
      report.orphans.map(
        ({ id, name, status, chargeType, fits }) =>
          `${id} (${name}, ${chargeType}, ${status})${fits === null ? '' : ` fits ${fits}`}`,
      ),
      counts.orphans,
    ),
    ...toRows(
      'changed',
      report.changes.map(
        ({ id, what, expected, actual }) => `${id}: ${what} ${expected} → ${actual}`,
      ),
      report.changes.length,
    ),
    ...(report.isRequestKnown
      ? []
      : ['The request is not known here, so classes were not compared; --file gives it.']),
    ...report.adopted.map((id) => `  adopted ${id}`),
    ...report.deleted.map((id) => `  deleted ${id}`),
    ...toRows('gone   ', report.gone ?? [], report.gone?.length ?? 0),
    ...report.kept.map(({ id, message, code }) => `  kept    ${id}: ${message} (${code})`),
    ...(report.location === null ? [] : [`written down in ${report.location}`]),
  ];
}

/**
 * What one can do about the differences.
 *
 * @param key - which batch
 * @param report - as the worker gives it
 */
export function toReconcileNextStep(key: BatchKey, report: ReconcileReport): string {
  const name = `${key.tenant}/${key.batchId}`;
  const left = report.counts.orphans - report.adopted.length - report.deleted.length;
  const canAdopt = report.adopted.length === 0 && report.orphans.some(({ fits }) => fits !== null);
  if (canAdopt) return `"tairfleet reconcile ${name} --adopt" takes what fits into the result.`;
  if (left > 0) {
    return `"tairfleet reconcile ${name} --delete-orphans --yes ${name}" deletes the orphans for good.`;
  }
  if (report.counts.missing > (report.gone?.length ?? 0)) {
    return `"tairfleet retry ${name}" buys what is missing; "tairfleet reconcile ${name} --write-missing" gives it up.`;
  }
  return report.counts.changed > 0
    ? 'Somebody has changed instances in the cloud; the result says what was ordered.'
    : 'Cloud and result agree.';
}

function toRows(kind: string, rows: readonly string[], count: number): string[] {
  const shown = rows.slice(0, ROWS_SHOWN).map((row) => `  ${kind} ${row}`);
  const more = count - shown.length;
  return more > 0 ? [...shown, `  … and ${formatCount(more)} more`] : shown;
}
