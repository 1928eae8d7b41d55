import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/**
 * Reads one JSON value a line; nothing is gathered.
 *
 * @param stream - body of an answer
 * @throws what breaks the stream, and SyntaxError for a line that was cut
 */
export async function* readNdjson<Value>(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Value> {
  let rest = '';
  const pieces = Readable.fromWeb(stream as NodeReadableStream<Uint8Array>).setEncoding('utf8');
  for await (const piece of pieces) {
    const lines = `${rest}${piece as string}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Value;
  }
  if (rest !== '') yield JSON.parse(rest) as Value;
}
