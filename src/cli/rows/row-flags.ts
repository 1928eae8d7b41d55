import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { Column, RowKind } from './column';

/** How a list can be printed. */
export const ROW_OUTPUTS = ['table', 'wide', 'json', 'csv', 'ids'] as const;

/** One of them. */
export type RowOutput = (typeof ROW_OUTPUTS)[number];

/** A condition on a column. */
export interface RowFilter {
  readonly column: string;
  readonly value: string;
}

/** The flags of a list. */
export interface RowOptions {
  readonly output: RowOutput;
  readonly columns?: readonly string[];
  readonly filter?: readonly RowFilter[];
}

/**
 * Adds the flags by which a list is printed.
 *
 * @param command - the command that lists
 * @param kind - what it lists
 */
export function addRowFlags<Row>(command: Command, { columns }: RowKind<Row>): Command {
  const names = columns.map(({ name }) => name);
  const known = names.join(', ');
  return command
    .addOption(
      new Option('-o, --output <form>', 'how to print it; json is the same as --json')
        .choices(ROW_OUTPUTS)
        .default('table'),
    )
    .option('--columns <names>', `these columns, in this order: ${known}`, (text: string) =>
      toColumns(text, names),
    )
    .option(
      '--filter <column=value>',
      'only rows that say so; given again, all have to hold',
      (text: string, earlier: readonly RowFilter[] = []) => [...earlier, toFilter(text, names)],
    );
}

/** Whether a row is wanted: every filter holds. */
export function isRowWanted<Row>(
  row: Row,
  columns: readonly Column<Row>[],
  filters: readonly RowFilter[] = [],
): boolean {
  return filters.every(({ column, value }) => {
    const found = columns.find(({ name }) => name === column);
    return found !== undefined && toPlainText(found.toValue(row)) === value;
  });
}

/** A value as CSV and filters have it; nothing for what nobody knows. */
export function toPlainText(value: string | number | boolean | null): string {
  return value === null ? '' : String(value);
}

function toColumns(text: string, names: readonly string[]): readonly string[] {
  const wanted = text.split(',').map((name) => name.trim());
  for (const name of wanted) checkName(name, names);
  return wanted;
}

function toFilter(text: string, names: readonly string[]): RowFilter {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as column=value.');
  const column = text.slice(0, at);
  checkName(column, names);
  return { column, value: text.slice(at + 1) };
}

function checkName(name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new InvalidArgumentError(`There is no column "${name}"; there are ${names.join(', ')}.`);
}
