/** One cell; numbers are aligned to the right. */
export type Cell = string | number;

const GAP = '  ';

/**
 * Lays rows out in aligned columns. The first row is the header.
 *
 * @param rows - cells; every row as long as the first
 * @returns one line per row, without trailing blanks
 */
export function toTable(rows: readonly (readonly Cell[])[]): string[] {
  const texts = rows.map((row) => row.map(toText));
  const widths = (texts[0] ?? []).map((_, column) =>
    Math.max(...texts.map((row) => row[column]?.length ?? 0)),
  );
  const isNumeric = widths.map((_, column) => typeof rows[1]?.[column] === 'number');
  return texts.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return isNumeric[column] === true ? text.padStart(width) : text.padEnd(width);
      })
      .join(GAP)
      .trimEnd(),
  );
}

function toText(cell: Cell): string {
  return typeof cell === 'number' ? cell.toLocaleString('en-US') : cell;
}
