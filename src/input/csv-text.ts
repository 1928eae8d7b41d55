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

/** A line that is no CSV. */
export interface BrokenLine {
  readonly message: string;
  readonly place: { readonly line: number; readonly column: number };
}

/** What of a text is a table, and what is none. */
export interface ParsedCsv {
  /** Without the broken lines; null when it cannot be told from them. */
  readonly table: CsvTable | null;
  readonly broken: readonly BrokenLine[];
}

/** Each broken line costs another look at the whole text. */
const BROKEN_LINES_MAX = 20;

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
  const header = findHeader(text);
  const delimiter = DELIMITERS.find((one) => header?.includes(one)) ?? ',';
  const options = toOptions(delimiter);
  const broken: BrokenLine[] = [];
  while (broken.length < BROKEN_LINES_MAX) {
    try {
      return {
        table: { rows: readRows({ bytes, options, place: place.of }), place: place.of },
        broken,
      };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const { code, bytes: offset } = error as CsvError & { readonly bytes: number };
      const at = place.of(toCellStart(bytes, offset, delimiter));
      broken.push({ message: MESSAGES[code] ?? 'is no CSV.', place: at });
      const start = place.toLineStart(at.line);
      const line = bytes.subarray(start, place.toLineEnd(at.line));
      // Without its header no row means anything.
      if (line.length === 0 || line.toString() === header) break;
      // What is a comment is passed over, and everything else stays where it is.
      line.fill('#');
    }
  }
  return { table: null, broken };
}

function readRows(at: Omit<RowPlace, 'from' | 'to'>): readonly CsvRow[] {
  const records = parse(at.bytes, { ...at.options, info: true }) as unknown as ParsedRecord[];
  return records.map(({ record, info }, index): CsvRow => {
    const from = records[index - 1]?.info.bytes ?? 0;
    return new LazyRow(record, { ...at, from, to: info.bytes });
  });
}

interface ParsedRecord {
  readonly record: readonly string[];
  /** `bytes`: where it ends. */
  readonly info: { readonly bytes: number };
}

type ParseOptions = ReturnType<typeof toOptions>;

function toOptions(delimiter: string) {
  return {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    trim: true,
    comment: '#',
    comment_no_infix: true,
    relax_column_count: true,
    skip_empty_lines: true,
  };
}

/** Where a row stands. */
interface RowPlace {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  readonly options: ParseOptions;
  readonly place: CsvTable['place'];
}

/**
 * A row that finds its cells in the text when a problem of it is told: the library takes ten times as long
 * when it is to say where each cell is.
 */
class LazyRow implements CsvRow {
  readonly cells: readonly CsvCell[];
  private offsets: readonly number[] | null = null;

  constructor(
    record: readonly string[],
    private readonly at: RowPlace,
  ) {
    this.cells = record.map((text, index) => new LazyCell(text, () => this.toOffset(index)));
  }

  get line(): number {
    return this.at.place(this.toOffset(0)).line;
  }

  private toOffset(index: number): number {
    this.offsets ??= listOffsets(this.at);
    return this.offsets[index]!;
  }
}

class LazyCell implements CsvCell {
  constructor(
    readonly text: string,
    private readonly find: () => number,
  ) {}

  get offset(): number {
    return this.find();
  }
}

/** Reads the row once more, by itself. */
function listOffsets({ bytes, from, to, options }: RowPlace): readonly number[] {
  const row = bytes.subarray(from, to);
  const { toLineStart } = createPlace(row);
  const offsets: number[] = [];
  let end = 0;
  parse(row, {
    ...options,
    cast: (value, { index, bytes: fieldEnd, lines }) => {
      const start = index === 0 ? toLineStart(lines - countBreaks(value)) : end + 1;
      offsets.push(from + skipBlanks(row, start, fieldEnd));
      end = fieldEnd;
      return value;
    },
  });
  return offsets;
}

/** The library names the end of the cell before, or of the line before. */
function toCellStart(bytes: Buffer, offset: number, delimiter: string): number {
  return bytes.subarray(offset, offset + 1).toString('latin1') === delimiter ? offset + 1 : offset;
}

function findHeader(text: string): string | undefined {
  return text.split(/\r?\n|\r/).find((line) => line.trim() !== '' && !line.startsWith('#'));
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
    /** Before what ends the line. */
    toLineEnd: (line: number): number => {
      let end = starts[line] ?? bytes.length;
      while (end > starts[line - 1]! && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d))
        end -= 1;
      return end;
    },
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
