import { formatPath } from '../../../domain/problem';
import type { RequestDifference } from '../../../domain/request-difference';
import { formatCount } from './numbers';
import { toTable } from './table';

const SHOWN_MAX = 20;
const VALUE_WIDTH_MAX = 60;

/**
 * Where a submitted request differs from the one that is known, as a table; nothing when that is not
 * known.
 *
 * @param differences - as the service gives them
 * @param columns - what the two sides are
 */
export function toDifferenceLines(
  differences: readonly RequestDifference[],
  columns: readonly [before: string, now: string] = ['submitted before', 'now'],
): string[] {
  if (differences.length === 0) return [];
  const rows = differences
    .slice(0, SHOWN_MAX)
    .map(({ path, before, now }) => [formatPath(path), toValueText(before), toValueText(now)]);
  const unshown = differences.length - SHOWN_MAX;
  return [
    ...toTable([['field', ...columns], ...rows]),
    ...(unshown > 0 ? [`… and ${formatCount(unshown)} more (--json lists all)`] : []),
    '',
  ];
}

function toValueText(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= VALUE_WIDTH_MAX ? text : `${text.slice(0, VALUE_WIDTH_MAX - 1)}…`;
}
