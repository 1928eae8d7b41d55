import { countSlots } from '../../../domain/batch-request';
import { isRefusal } from '../../../domain/plan-warnings';
import { formatTimes } from '../../../domain/schedule/schedule-difference';
import type {
  PlannedSchedules,
  PlannedStep,
  ScheduleWarning,
} from '../../../service/schedules/planned-schedules';
import type { Backfilled } from '../../../service/schedules/backfill-schedule';
import type { Colors } from '../../cli-io';
import { toDifferenceLines } from './difference-lines';
import { formatMoment, toPlannedLines } from './next-times-lines';
import { formatCountOf } from './numbers';
import { toTable } from './table';

/** How the steps of a plan are shown. */
export interface SchedulePlanView {
  readonly isPruned: boolean;
  /** Whether they are taken, and not only shown. */
  readonly isDone: boolean;
  readonly warnings: readonly ScheduleWarning[];
  readonly colors: Colors;
}

/**
 * What becomes of each schedule, and where file and server differ.
 *
 * @param plan - as the service gives it
 * @param view - how to show it
 */
export function toSchedulePlanLines(
  { tenant, steps }: PlannedSchedules,
  view: SchedulePlanView,
): string[] {
  const { colors, warnings } = view;
  const rows = steps.map((step) => [
    toStepWord(step, view),
    `${tenant}/${step.name}`,
    toStepText(step, view),
  ]);
  const table = rows.length === 0 ? ['no schedules'] : toTable(rows);
  const lines = table.flatMap((line, at) => [
    steps[at]?.kind === 'same' ? colors.dim(line) : line,
    ...toStepDetails(steps[at], view),
  ]);
  const warned = warnings.map((warning) => {
    const label = isRefusal(warning) ? colors.red('refused') : colors.yellow('warning');
    const said = [warning.group, warning.message].filter((part) => part !== undefined).join(' ');
    return `${label}  ${warning.schedule}: ${said}`;
  });
  return [...lines, ...(warned.length === 0 ? [] : ['', ...warned])];
}

function toStepWord({ kind }: PlannedStep, { isDone, isPruned }: SchedulePlanView): string {
  switch (kind) {
    case 'add':
      return isDone ? 'added' : 'add';
    case 'change':
      return isDone ? 'changed' : 'change';
    case 'gone':
      if (!isPruned) return 'not in file';
      return isDone ? 'deleted' : 'delete';
    case 'foreign':
      return 'taken';
    default:
      return 'same';
  }
}

function toStepText(step: PlannedStep, { isPruned }: SchedulePlanView): string {
  switch (step.kind) {
    case 'add': {
      const { times, request } = step.schedule;
      const instances = formatCountOf(countSlots(request), 'instance');
      return `${instances} at ${formatTimes(times)} (${times.timeZone})`;
    }
    case 'change':
      return formatCountOf(step.differences.length, 'difference');
    case 'gone':
      return isPruned ? '' : 'goes on; --prune deletes it';
    case 'foreign':
      return 'not made by tairfleet: choose another name';
    default:
      return '';
  }
}

function toStepDetails(step: PlannedStep | undefined, { isDone }: SchedulePlanView): string[] {
  if (step?.kind !== 'add' && step?.kind !== 'change') return [];
  const differences =
    step.kind === 'change'
      ? toDifferenceLines(step.differences, ['on the server', 'in the file'])
      : [];
  const lines = isDone ? differences : [...differences, ...toPlannedLines(step)];
  return lines.map((line) => (line === '' ? '' : `    ${line}`));
}

/**
 * What a back-fill orders for, and what it leaves out.
 *
 * @param backfilled - as the service gives it
 */
export function toBackfillLines({ filledMs, knownMs }: Backfilled): string[] {
  return [
    ...filledMs.map((atMs) => `fill   ${formatMoment(atMs)}`),
    ...knownMs.map((atMs) => `known  ${formatMoment(atMs)}  has a batch, and is left out`),
  ];
}
