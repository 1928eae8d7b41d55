import { API_VERSION } from '../domain/batch-request';
import { findNearestWord } from '../domain/nearest-word';
import { KNOWN_COLUMNS, REQUIRED_COLUMNS, toCsvColumn } from './csv-columns';
import { findFollowUpHint } from './csv-follow-ups';
import { CsvGroups } from './csv-groups';
import { parseCsv } from './csv-text';
import type { CsvCell, CsvRow, CsvTable } from './csv-text';
import type { LocatedProblem } from './located-problem';
import { createBrokenSource } from './source';
import type { ReadSource } from './source';
import type { Variables } from './variables';

/** A cell that is wrong before anybody asks what its row means. */
interface CellProblem extends Pick<LocatedProblem, 'path' | 'code' | 'message'> {
  readonly offset: number;
}

/**
 * Reads a CSV text as the groups of a request. A row is an order for `count` instances, or for one; rows
 * with the same `group` add up, and have to be the same in everything else.
 */
export function readCsvSource(
  text: string,
  { fileName, variables }: { readonly fileName: string; readonly variables: Variables },
): ReadSource {
  const { table, broken } = parseCsv(text);
  const unread = broken.map(({ message, place }): LocatedProblem => {
    return { path: [], code: 'syntax', message, fileName, ...place };
  });
  const isNothingLeft = unread.length > 0 && table?.rows.length === 1;
  if (table === null || isNothingLeft) return { source: null, problems: unread };
  const [header, ...rows] = table.rows;
  if (header === undefined) {
    const message = `is empty; a CSV file begins with a line such as ${REQUIRED_COLUMNS.join(',')},count,instanceClass.`;
    return createBrokenSource(fileName, { code: 'missing', message });
  }
  const problems = [...checkHeader(header)];
  const groups = new CsvGroups(header.cells.map(({ text: name }) => name));
  for (const row of rows) {
    const found = checkLength(row, header);
    if (found === null) {
      const told = problems.length;
      const wrong = groups.add(fillIn(row, header, { variables, problems }));
      const cells = problems.slice(told).map(({ offset }) => offset);
      problems.push(...wrong.filter(({ offset }) => !cells.includes(offset)));
    } else problems.push(found);
  }
  return {
    source: {
      fileName,
      value: { apiVersion: API_VERSION, groups: groups.toDocument() },
      locate: (problem) => toLocated(table, fileName, groups.locate(problem)),
    },
    problems: [...unread, ...problems.map((problem) => toLocated(table, fileName, problem)!)],
  };
}

function toLocated(
  { place, rows }: CsvTable,
  fileName: string,
  problem: (Omit<CellProblem, 'offset'> & { readonly offset: number | null }) | null,
): LocatedProblem | null {
  if (problem === null) return null;
  const { offset, path, code, message } = problem;
  return { path, code, message, fileName, ...place(offset ?? rows[0]!.cells[0]!.offset) };
}

function checkHeader({ cells }: CsvRow): readonly CellProblem[] {
  const names = cells.map(({ text }) => text);
  const missing = REQUIRED_COLUMNS.filter((name) => !names.includes(name)).map((name) => ({
    path: [name],
    code: 'missing' as const,
    message: 'is missing in the header; each row needs it.',
    offset: cells[0]!.offset,
  }));
  return [...missing, ...cells.flatMap((cell, index) => checkName(cell, names.slice(0, index)))];
}

function checkName({ text, offset }: CsvCell, before: readonly string[]): readonly CellProblem[] {
  const path = text === '' ? [] : [text];
  if (toCsvColumn(text) === null) {
    const message = findFollowUpHint(text) ?? toUnknownMessage(text);
    return [{ path, code: 'unknown-key', message, offset }];
  }
  if (!before.includes(text)) return [];
  return [{ path, code: 'duplicate', message: 'is there twice; keep one column.', offset }];
}

function toUnknownMessage(name: string): string {
  const nearest = findNearestWord(name, KNOWN_COLUMNS);
  const hint = nearest === null ? '.' : `; did you mean ${nearest}?`;
  return `is not known as a column${hint} Allowed: ${KNOWN_COLUMNS.join(', ')}.`;
}

function checkLength({ cells }: CsvRow, header: CsvRow): CellProblem | null {
  if (cells.length === header.cells.length) return null;
  const message =
    `has ${cells.length} cells, and the header has ${header.cells.length}; ` +
    'put a cell that holds a delimiter in quotes.';
  return { path: [], code: 'syntax', message, offset: cells[0]!.offset };
}

function fillIn(
  row: CsvRow,
  header: CsvRow,
  { variables, problems }: { readonly variables: Variables; readonly problems: CellProblem[] },
): CsvRow {
  if (!row.cells.some(({ text }) => text.includes('${'))) return row;
  const filled = row.cells.map((cell, index) => {
    const expanded = variables.expand(cell.text);
    const { offset } = cell;
    const path = [header.cells[index]!.text];
    problems.push(...expanded.problems.map((problem) => ({ ...problem, path, offset })));
    return { text: expanded.text, offset };
  });
  return { line: row.line, cells: filled };
}
