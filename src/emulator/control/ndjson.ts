import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Lines joined into one write: a million single writes would take minutes. */
const LINES_PER_WRITE = 500;

/** Streams values as newline-delimited JSON, no faster than the reader takes them. */
export async function writeNdjson(
  response: ServerResponse,
  values: Iterable<unknown>,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  await pipeline(Readable.from(toBlocks(values)), response);
}

function* toBlocks(values: Iterable<unknown>): Generator<string> {
  let lines: string[] = [];
  for (const value of values) {
    lines.push(`${JSON.stringify(value)}\n`);
    if (lines.length < LINES_PER_WRITE) continue;
    yield lines.join('');
    lines = [];
  }
  if (lines.length > 0) yield lines.join('');
}
