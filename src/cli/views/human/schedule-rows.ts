import type { ListedSchedule } from '../../../service/schedules/list-schedules';
import type { RowKind } from '../../rows/column';
import { formatMoment } from './next-times-lines';

/** Schedules as rows of a list. */
export const SCHEDULE_ROWS: RowKind<ListedSchedule> = {
  toId: toName,
  none: 'no schedules',
  columns: [
    { name: 'schedule', toValue: toName, shown: 'always' },
    { name: 'tenant', toValue: ({ tenant }) => tenant, shown: 'named' },
    { name: 'state', toValue: ({ isPaused }) => (isPaused ? 'paused' : 'active'), shown: 'always' },
    {
      name: 'next',
      shown: 'always',
      toValue: ({ isPaused, nextAtMs }) =>
        isPaused || nextAtMs === null ? null : new Date(nextAtMs).toISOString(),
      toCell: ({ isPaused, nextAtMs }) => (isPaused ? '' : formatMoment(nextAtMs)),
    },
    {
      name: 'latest',
      header: 'latest batch',
      shown: 'always',
      toValue: ({ latest }) => latest?.batchId ?? null,
    },
    { name: 'run', toValue: ({ latest }) => latest?.runId ?? null, shown: 'wide' },
    { name: 'note', toValue: ({ note }) => note, shown: 'always' },
  ],
};

function toName({ tenant, name }: ListedSchedule): string {
  return `${tenant}/${name}`;
}
