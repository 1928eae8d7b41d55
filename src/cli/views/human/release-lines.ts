import type { ReleaseReport } from '../../../contract/operation-types';
import type { ReleasePlan } from '../../../service/release-batch';
import { formatCount, formatCountOf } from './numbers';
import { toTable } from './table';

/**
 * What a release would take away.
 *
 * @param plan - as the service gives it
 */
export function toReleasePlanLines(plan: ReleasePlan): string[] {
  const name = `${plan.tenant}/${plan.batchId}`;
  const rows = plan.groups.map(({ name: group, instances, ids }) => [
    group,
    instances,
    `${ids.join(', ')}${instances > ids.length ? ', …' : ''}`,
  ]);
  return [
    `A release of ${name} would delete ${formatCountOf(plan.instances, 'instance')} of the account ` +
      `'${plan.account}' with all data in them.`,
    'PrePaid ones and those that no longer bear the name of the batch are left alone.',
    ...(rows.length === 0 ? [] : ['', ...toTable([['group', 'instances', 'ids'], ...rows])]),
    ...(plan.releasedBefore === 0
      ? []
      : ['', `${formatCount(plan.releasedBefore)} were released before.`]),
    ...(plan.orphans === 0
      ? []
      : [
          '',
          `${formatCountOf(plan.orphans, 'orphan')} of the batch would stay; see "tairfleet reconcile ${name}".`,
        ]),
  ];
}

/**
 * What a release has done.
 *
 * @param report - as the worker gives it
 */
export function toReleaseLines(report: ReleaseReport): string[] {
  const { released, gone, kept, keptRows, isCancelled, location, revision } = report;
  return [
    `released ${formatCount(released)}, gone already ${formatCount(gone)}, kept ${formatCount(kept)}` +
      (isCancelled ? ' (called off before its end)' : ''),
    ...keptRows.map(({ id, code, message }) => `  kept ${id}: ${message} (${code})`),
    ...(kept > keptRows.length ? [`  … and ${formatCount(kept - keptRows.length)} more`] : []),
    `written down in ${location} (revision ${revision})`,
  ];
}
