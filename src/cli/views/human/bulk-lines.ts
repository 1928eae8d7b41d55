import type { BulkRow } from '../../../service/act-on-batches';
import type { SelectedBatches } from '../../../service/batch-selection';
import { formatCountOf } from './numbers';
import { toTable } from './table';

/**
 * The batches that one order is meant for, and why each of them waits.
 *
 * @param selected - as the service gives them
 */
export function toSelectedLines({ batches, unanswered }: SelectedBatches): string[] {
  const rows = batches.map(({ tenant, batchId, phase, codes }) => [
    `${tenant}/${batchId}`,
    phase,
    codes.join(', '),
  ]);
  const silent = unanswered.map(({ tenant, batchId, failure }) => [
    `${tenant}/${batchId}`,
    '?',
    failure.message,
  ]);
  if (rows.length + silent.length === 0) return ['no such batches'];
  return toTable([['batch', 'state', 'waits for'], ...rows, ...silent]);
}

/**
 * What each batch has answered, and how many did it.
 *
 * @param rows - as the service gives them
 */
export function toBulkRowLines(rows: readonly BulkRow[]): string[] {
  const done = rows.filter(({ answer }) => answer.ok).length;
  const table = rows.map(({ key, answer }) => [
    `${key.tenant}/${key.batchId}`,
    answer.ok ? 'done' : answer.code,
    answer.ok ? answer.value.message : answer.message,
  ]);
  const all = formatCountOf(rows.length, 'batch', 'batches');
  return [...toTable([['batch', 'result', ''], ...table]), '', `done for ${done} of ${all}`];
}
