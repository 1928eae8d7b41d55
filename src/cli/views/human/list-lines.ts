import type { ListedBatch } from '../../../service/list-batches';
import type { Colors } from '../../cli-io';
import { formatCount } from './numbers';
import { toTable } from './table';

/** Time now, and colours of the stream. */
export interface ListView {
  readonly nowMs: number;
  readonly colors: Colors;
}

/**
 * A list of batches as a table.
 *
 * @param batches - as the service gives them
 * @param view - time and colours
 */
export function toListLines(batches: readonly ListedBatch[], view: ListView): string[] {
  if (batches.length === 0) return ['no batches'];
  const rows = batches.map((batch) => [
    `${batch.tenant}/${batch.batchId}`,
    toState(batch),
    toReady(batch),
    toAge(view.nowMs - batch.startedAtMs),
    batch.needsOperator ? 'needs you' : '',
  ]);
  const [header = '', ...lines] = toTable([['batch', 'state', 'ready', 'started', ''], ...rows]);
  const { bold, yellow } = view.colors;
  return [
    bold(header),
    ...lines.map((line, at) => (batches[at]?.needsOperator ? yellow(line) : line)),
  ];
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
