/** The figures of the crash benchmark for people. */
import { toNotes } from './figures-table.mjs';

const COLUMNS = {
  'tokens kept': ({ tokensKept }) => tokensKept,
  'killed at': ({ killedAtPercent }) => `${killedAtPercent} %`,
  live: ({ live }) => live,
  duplicates: ({ duplicates }) => duplicates,
  unknown: ({ unknownInstances }) => unknownInstances,
  'steps by hand': ({ manualSteps }) => manualSteps,
  seconds: ({ secondsToRecover }) => secondsToRecover ?? '–',
};

/**
 * A table for each program, a line for each time it was killed.
 *
 * @param {{ asked: number, programs: object, how: object }} figures - as the benchmark gives them
 */
export function toTable({ asked, programs, how }) {
  const tables = Object.entries(programs).map(([name, { runs }]) => {
    const rows = runs.map((run) => Object.values(COLUMNS).map((toCell) => `${toCell(run)}`));
    return `${name}\n${toLines([Object.keys(COLUMNS), ...rows])}`;
  });
  return `${asked} instances asked for\n\n${tables.join('\n')}\n${toNotes(how)}`;
}

/** Rows as a table, all cells to the right. */
export function toLines(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const toLine = (row) => row.map((cell, column) => cell.padStart(widths[column])).join('  ');
  return rows.map((row) => `  ${toLine(row)}\n`).join('');
}
