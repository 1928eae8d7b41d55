import type { ListedBatch } from '../../../service/list-batches';
import type { RowKind } from '../../rows/column';
import { formatCount } from './numbers';

/**
 * Batches as rows of a list.
 *
 * @param nowMs - milliseconds since 1970, for how long ago something was
 */
export function createBatchRows(nowMs: number): RowKind<ListedBatch> {
  const toName = ({ tenant, batchId }: ListedBatch): string => `${tenant}/${batchId}`;
  return {
    toId: toName,
    none: 'no batches',
    columns: [
      { name: 'batch', toValue: toName, shown: 'always' },
      { name: 'tenant', toValue: ({ tenant }) => tenant, shown: 'named' },
      { name: 'state', toValue: toState, shown: 'always' },
      { name: 'ready', toValue: ({ ready }) => ready, toCell: toReady, shown: 'always' },
      { name: 'slots', toValue: ({ slots }) => slots, shown: 'wide' },
      {
        name: 'started',
        shown: 'always',
        toValue: ({ startedAtMs }) => toMoment(startedAtMs),
        toCell: ({ startedAtMs }) => toAge(nowMs - startedAtMs),
      },
      {
        name: 'ended',
        shown: 'wide',
        toValue: ({ endedAtMs }) => toMoment(endedAtMs),
        toCell: ({ endedAtMs }) => (endedAtMs === null ? '' : toAge(nowMs - endedAtMs)),
      },
      { name: 'run', toValue: ({ runId }) => runId, shown: 'wide' },
      {
        name: 'needsOperator',
        header: '',
        shown: 'always',
        toValue: ({ needsOperator }) => needsOperator,
        toCell: ({ needsOperator }) => (needsOperator ? 'needs you' : ''),
      },
    ],
  };
}

/** An open batch has a phase, an ended one an outcome; a run that broke has neither. */
function toState({ status, phase, outcome }: ListedBatch): string {
  if (status === 'running') return phase ?? 'running';
  if (status === 'completed') return outcome ?? 'completed';
  return status;
}

function toReady({ ready, slots }: ListedBatch): string {
  if (slots === null) return '?';
  return `${ready === null ? '?' : formatCount(ready)}/${formatCount(slots)}`;
}

function toMoment(atMs: number): string;
function toMoment(atMs: number | null): string | null;
function toMoment(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

/** `5 min ago`: the largest unit is enough to find a batch. */
function toAge(ageMs: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
  ] as const;
  const found = units.find(([, unitMs]) => ageMs >= unitMs);
  return found === undefined ? 'just now' : `${Math.floor(ageMs / found[1])} ${found[0]} ago`;
}
