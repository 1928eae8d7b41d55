import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ResultDocument, ResultInstance } from '../domain/result';

/** How a result can be taken away. */
export const RESULT_FORMATS = ['json', 'csv', 'ndjson'] as const;

/** One of the formats. */
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** Characters of a piece, about. */
const PIECE_CHARS = 64 * 1024;

/** Columns of the CSV; stable, new ones come at the end. */
const COLUMNS: readonly (keyof ResultInstance)[] = [
  'group',
  'slot',
  'id',
  'name',
  'region',
  'zone',
  'state',
  'endpoint',
];

/**
 * Writes a result piece by piece, so that a million instances take no more memory than ten.
 *
 * - `ndjson`: one instance a line;
 * - `csv`: a header, then one instance a line;
 * - `json`: the document with all its instances, also those that lie beside it.
 *
 * @param format - which one
 * @param document - the final document
 * @param instances - its instances, one by one
 */
export function toResultPieces(
  format: ResultFormat,
  document: ResultDocument,
  instances: AsyncIterable<ResultInstance>,
): AsyncIterable<string> {
  return gather(toPieces(format, document, instances));
}

function toPieces(
  format: ResultFormat,
  document: ResultDocument,
  instances: AsyncIterable<ResultInstance>,
): AsyncIterable<string> {
  switch (format) {
    case 'ndjson':
      return toNdjson(instances);
    case 'csv':
      return toCsv(instances);
    case 'json':
      return toJson(document, instances);
  }
}

/** A write for each line would take longer than all the rest. */
async function* gather(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let gathered = '';
  for await (const piece of pieces) {
    gathered += piece;
    if (gathered.length < PIECE_CHARS) continue;
    yield gathered;
    gathered = '';
  }
  if (gathered !== '') yield gathered;
}

async function* toNdjson(instances: AsyncIterable<ResultInstance>): AsyncGenerator<string> {
  for await (const instance of instances) yield `${JSON.stringify(instance)}\n`;
}

async function* toCsv(instances: AsyncIterable<ResultInstance>): AsyncGenerator<string> {
  const writer = stringify({
    header: true,
    columns: [...COLUMNS],
    // A name that starts with = must stay text when the file is opened in a spreadsheet.
    escape_formulas: true,
  });
  const rows = Readable.from(instances);
  rows.on('error', (error) => writer.destroy(error));
  for await (const piece of rows.pipe(writer)) yield String(piece);
}

async function* toJson(
  document: ResultDocument,
  instances: AsyncIterable<ResultInstance>,
): AsyncGenerator<string> {
  yield JSON.stringify({ ...document, instances: undefined }).replace(/\}$/, ',"instances":[');
  let separator = '';
  for await (const instance of instances) {
    yield `${separator}${JSON.stringify(instance)}`;
    separator = ',';
  }
  yield ']}\n';
}
