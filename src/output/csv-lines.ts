import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV, the header first.
 *
 * @param rows - cells; a cell that would be a formula in a spreadsheet stays text
 * @returns one line a row
 */
export function toCsvLines(rows: readonly (readonly string[])[]): string[] {
  return rows.map((row) => stringify([[...row]], { escape_formulas: true, record_delimiter: '' }));
}
