import { toCsvLines } from '../../output/csv-lines';
import type { Colors } from '../cli-io';
import { toTable } from '../views/human/table';
import type { Column, RowKind } from './column';
import { toPlainText } from './row-flags';
import type { RowOptions } from './row-flags';

/** How rows are shown to people. */
export interface RowView<Row> {
  readonly colors: Colors;
  /** Rows that stand out. */
  readonly isMarked?: (row: Row) => boolean;
}

/**
 * Rows as the flags want them: a table, CSV, or an id a line. JSON is the report's own object.
 *
 * @param rows - those that are wanted
 * @param kind - their columns
 * @param how - the flags, and colours
 */
export function toRowLines<Row>(
  rows: readonly Row[],
  kind: RowKind<Row>,
  how: RowView<Row> & { readonly options: RowOptions },
): string[] {
  const columns = chooseColumns(kind.columns, how.options);
  switch (how.options.output) {
    case 'ids':
      return rows.map((row) => kind.toId(row));
    case 'csv':
      return toCsvLines([
        columns.map(({ name }) => name),
        ...rows.map((row) => columns.map(({ toValue }) => toPlainText(toValue(row)))),
      ]);
    case 'table':
    case 'wide':
    case 'json':
      return rows.length === 0 ? [kind.none] : toTableLines(rows, columns, how);
  }
}

function chooseColumns<Row>(
  columns: readonly Column<Row>[],
  { output, columns: named }: RowOptions,
): readonly Column<Row>[] {
  if (named !== undefined) {
    return named.flatMap((name) => columns.filter((column) => column.name === name));
  }
  const isWide = output !== 'table';
  return columns.filter(({ shown }) => shown === 'always' || (isWide && shown === 'wide'));
}

function toTableLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { colors, isMarked }: RowView<Row>,
): string[] {
  const [header = '', ...lines] = toTable([
    columns.map((column) => column.header ?? column.name),
    ...rows.map((row) =>
      columns.map(({ toCell, toValue }) => toCell?.(row) ?? toTableCell(toValue(row))),
    ),
  ]);
  const isStriking = (row: Row | undefined): boolean =>
    row !== undefined && isMarked?.(row) === true;
  return [
    colors.bold(header),
    ...lines.map((line, at) => (isStriking(rows[at]) ? colors.yellow(line) : line)),
  ];
}

function toTableCell(value: string | number | boolean | null): string | number {
  return typeof value === 'number' ? value : toPlainText(value);
}
