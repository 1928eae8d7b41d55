import { CsvError, parse } from 'csv-parse/sync';

/** One cell, with the way back to where it stands. */
export interface CsvCell {
  /** Without spaces around it. */
  readonly text: string;
  /** Of its first byte. */
  readonly offset: number;
}

/** One line of a file that holds something. */
export interface CsvRow {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly CsvCell[];
}

/** A table as it was written: the header is the first row. */
export interface CsvTable {
  readonly rows: readonly CsvRow[];
  /** Line and column, both from 1, of an offset. */
  readonly place: (offset: number) => { readonly line: number; readonly column: number };
}

/** A table, or the first place where the text is none. */
export type ParsedCsv =
  | { readonly ok: true; readonly table: CsvTable }
  | {
      readonly ok: false;
      readonly message: string;
      readonly place: { readonly line: number; readonly column: number };
    };

const DELIMITERS = [',', ';', '\t'] as const;

/** What the library finds, in our words. */
const MESSAGES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'begins with a quote that is never closed.',
  CSV_INVALID_CLOSING_QUOTE: 'goes on after its closing quote; write a quote within a cell twice.',
  INVALID_OPENING_QUOTE: 'has a quote in its middle; put the whole cell in quotes.',
};

/**
 * Parses CSV (RFC 4180). Its header says whether commas, semicolons or tabs stand between cells, since
 * spreadsheets write all three. Empty lines and lines that begin with `#` are passed over.
 */
export function parseCsv(text: string): ParsedCsv {
  const bytes = Buffer.from(text);
  const place = createPlace(bytes);
  const delimiter = findDelimiter(text);
  const rows: { line: number; cells: CsvCell[] }[] = [];
  let end = 0;
  try {
    parse(bytes, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      comment: '#',
      comment_no_infix: true,
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (value, { index, bytes: fieldEnd, lines }) => {
        if (index === 0) rows.push({ line: lines - countBreaks(value), cells: [] });
        const { line, cells } = rows.at(-1)!;
        const start = index === 0 ? place.toLineStart(line) : end + 1;
        cells.push({ text: value, offset: skipBlanks(bytes, start, fieldEnd) });
        end = fieldEnd;
        return value;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { code, bytes: offset } = error as CsvError & { readonly bytes: number };
    const message = MESSAGES[code] ?? 'is no CSV.';
    return { ok: false, message, place: place.of(toCellStart(bytes, offset, delimiter)) };
  }
  return { ok: true, table: { rows, place: place.of } };
}

/** The library names the end of the cell before, or of the line before. */
function toCellStart(bytes: Buffer, offset: number, delimiter: string): number {
  return bytes.subarray(offset, offset + 1).toString('latin1') === delimiter ? offset + 1 : offset;
}

function findDelimiter(text: string): string {
  const header = text.split(/\r?\n|\r/).find((line) => line.trim() !== '' && !line.startsWith('#'));
  return DELIMITERS.find((delimiter) => header?.includes(delimiter)) ?? ',';
}

function countBreaks(value: string): number {
  return value.split(/\r\n|\n|\r/).length - 1;
}

function skipBlanks(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at += 1;
  return at;
}

/** Columns count UTF-16 units, as editors do, and are looked for when a problem is told. */
function createPlace(bytes: Buffer) {
  const starts = [0];
  for (let at = 0; at < bytes.length; at += 1) {
    const isBreak = bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a);
    if (isBreak) starts.push(at + 1);
  }
  return {
    toLineStart: (line: number): number => starts[line - 1] ?? 0,
    of: (offset: number) => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: bytes.subarray(starts[low], offset).toString().length + 1 };
    },
  };
}
