import { formatExactDuration } from '../../../domain/duration';
import type { Schedule } from '../../../domain/schedule/schedule';
import { formatTimes } from '../../../domain/schedule/schedule-difference';
import type { WantedSchedule } from '../../../service/schedules/planned-schedules';
import type { ScheduleFacts } from '../../../service/schedules/schedule-state';
import type { Colors } from '../../cli-io';
import { listNextBatches } from '../../next-batches';
import type { ComingTimes } from '../../next-batches';
import { formatCountOf } from './numbers';
import { toTable } from './table';

/**
 * The next times of a schedule as the server has counted them, in its time zone and in UTC.
 *
 * @param state - as the service gives it
 * @param colors - colours of the stream
 */
export function toNextLines(state: ScheduleFacts, colors: Colors): string[] {
  const { key, timeZone, isPaused, note, nextAtMs, firings, remaining, counts } = state;
  const paused = note === null ? 'paused' : `paused (${note})`;
  const latest = firings.at(-1);
  const left = remaining === null ? '' : `, ${formatCountOf(remaining, 'time')} left`;
  const { taken, skipped, missed } = counts;
  return [
    `${colors.bold(`${key.tenant}/${key.name}`)}  ${toWhen(state)}`,
    `state      ${isPaused ? colors.yellow(paused) : 'active'}${left}`,
    `so far     ${formatCountOf(taken, 'batch', 'batches')}, ${skipped} skipped for an open one, ${missed} missed`,
    ...(latest === undefined ? [] : [`latest     ${key.tenant}/${latest.batchId}`]),
    '',
    // The server has moved them by the jitter, so that they are no batch ids.
    ...toTimesTable({ name: key.name, timeZone, nextAtMs }, ['local', 'utc']),
  ];
}

/**
 * The next times of schedules of a file, each with the batch that it would order.
 *
 * @param schedules - with their computed times
 * @param view - the tenant that the file names, and the colours of the stream
 */
export function toFileTimesLines(
  schedules: readonly WantedSchedule[],
  { tenant, colors }: { readonly tenant: string | null; readonly colors: Colors },
): string[] {
  if (schedules.length === 0) return ['no schedules'];
  return schedules.flatMap(({ schedule, ...wanted }, at) => {
    const { name, times } = schedule;
    const title = tenant === null ? name : `${tenant}/${name}`;
    const when = toWhen({ times: formatTimes(times), timeZone: times.timeZone });
    return [
      ...(at === 0 ? [] : ['']),
      `${colors.bold(title)}  ${when}`,
      ...toRemarks(schedule),
      '',
      ...toPlannedLines({ schedule, ...wanted }),
    ];
  });
}

/** What the times themselves do not show. */
function toRemarks({ times, rules: { firings }, isPaused }: Schedule): string[] {
  const { jitterMs } = times;
  return [
    ...(isPaused === true
      ? ['state      paused: it orders at none of them until it is resumed']
      : []),
    ...(jitterMs === 0
      ? []
      : [`jitter     each is ordered up to ${formatExactDuration(jitterMs)} later, by chance`]),
    ...(firings === null
      ? []
      : [`firings    ${formatCountOf(firings, 'time')}, and then never again`]),
  ];
}

/** The next times of a schedule that a file would add or change. */
export function toPlannedLines({ name, schedule, nextAtMs }: WantedSchedule): string[] {
  const { timeZone } = schedule.times;
  return toTimesTable({ name, timeZone, nextAtMs }, ['local', 'utc', 'batch']);
}

/** When a schedule orders, in a line. */
export function toWhen({ times, timeZone }: Pick<ScheduleFacts, 'times' | 'timeZone'>): string {
  return `${times} (${timeZone})`;
}

/** A moment in UTC, to the second. */
export function formatMoment(atMs: number | null): string {
  return atMs === null ? 'never' : `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

type TimesColumn = 'local' | 'utc' | 'batch';

function toTimesTable(coming: ComingTimes, columns: readonly TimesColumn[]): string[] {
  if (coming.nextAtMs.length === 0) return ['no time left'];
  const header = { local: coming.timeZone, utc: 'UTC', batch: 'batch' };
  const isSame = coming.timeZone === 'UTC';
  const shown = columns.filter((column) => !isSame || column !== 'local');
  const rows = listNextBatches(coming).map(({ atMs, local, batchId }) => ({
    ...{ local, utc: formatMoment(atMs), batch: batchId },
  }));
  return toTable([header, ...rows].map((row) => shown.map((column) => row[column])));
}
