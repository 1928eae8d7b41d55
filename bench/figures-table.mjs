/**
 * The figures of a benchmark for people: a line each, and how they were made below.
 *
 * @param {{ how: object }} figures - as the benchmark gives them
 */
export function toTable({ how, ...figures }) {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  const lines = Object.entries(figures).map(([name, value]) => `${name.padEnd(width)}  ${value}\n`);
  return `${lines.join('')}\n${toNotes(how)}`;
}

/** How figures were made, a line for each thing to know. */
export function toNotes(how) {
  const notes = Object.entries(how).map(([name, value]) => `  ${name}: ${toText(value)}\n`);
  return `How:\n${notes.join('')}`;
}

/** Rows as a table, all cells to the right. */
export function toLines(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const toLine = (row) => row.map((cell, column) => cell.padStart(widths[column])).join('  ');
  return rows.map((row) => `  ${toLine(row)}\n`).join('');
}

function toText(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
