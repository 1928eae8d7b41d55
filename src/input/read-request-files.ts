import type { CheckOptions } from '../domain/check-batch-request';
import { readCsvSource } from './csv-source';
import { readSources } from './read-request';
import type { ReadRequest } from './read-request';
import { CSV_BYTES_MAX, FILE_BYTES_MAX, readTextFile, readTextStream } from './read-text';
import { createBrokenSource } from './source';
import type { ReadSource, Source } from './source';
import { Variables } from './variables';
import { readYamlSource } from './yaml-source';

/** What files do not say themselves, and what `-` reads. */
export interface ReadFilesOptions extends CheckOptions {
  /** Read for the path `-`; the process's standard input by default. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Whether standard input is CSV; a file is when its name ends with `.csv`. */
  readonly isStdinCsv?: boolean;
  /** What `${name}` stands for; none when left out. */
  readonly variables?: Variables;
  /** What was said beside the files, as one more of them. */
  readonly beside?: Source;
}

/**
 * Reads a batch request from one file, or from several that make it together.
 *
 * @param paths - YAML, JSON or CSV files, or one `-` for standard input
 * @param options - variables, and what the files do not say
 */
export async function readRequestFiles(
  paths: readonly string[],
  options: ReadFilesOptions = {},
): Promise<ReadRequest> {
  const { beside, fallbackBatchId } = options;
  const variables = options.variables ?? new Variables(new Map());
  const read: ReadSource[] = [];
  for (const path of paths) {
    const isCsv = path === '-' ? options.isStdinCsv === true : /\.csv$/i.test(path);
    const text = await readText(path, isCsv, options);
    const fileName = path === '-' ? '<stdin>' : path;
    if (text.ok) {
      if (path === '-' && !isCsv && isCsvLike(text.text)) {
        read.push(createBrokenSource(fileName, { code: 'syntax', message: CSV_HINT }));
        continue;
      }
      const readSource = isCsv ? readCsvSource : readYamlSource;
      read.push(readSource(text.text, { fileName, variables }));
      continue;
    }
    const { source, problems } = createBrokenSource(fileName, {
      code: 'syntax',
      message: text.message,
    });
    if (text.reason === 'unreadable') return { ok: false, reason: text.reason, problems };
    read.push({ source, problems });
  }
  if (beside !== undefined) read.push({ source: beside, problems: [] });
  return readSources(read, fallbackBatchId === undefined ? {} : { fallbackBatchId });
}

function readText(
  path: string,
  isCsv: boolean,
  { stdin = process.stdin }: ReadFilesOptions,
): ReturnType<typeof readTextFile> {
  const bytesMax = isCsv ? CSV_BYTES_MAX : FILE_BYTES_MAX;
  return path === '-' ? readTextStream(stdin, bytesMax) : readTextFile(path, bytesMax);
}

const CSV_HINT = 'looks like CSV and is read as YAML; say so by --csv.';

/** Whether it begins with a header: names with commas, semicolons or tabs between them, and nothing else. */
function isCsvLike(text: string): boolean {
  const header = text.split(/\r?\n|\r/).find((line) => line.trim() !== '' && !line.startsWith('#'));
  return header !== undefined && /^"?[\w.:-]+"?(?:[,;\t] *"?[\w.:-]+"?)+\s*$/.test(header);
}
