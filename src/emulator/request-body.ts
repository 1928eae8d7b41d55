import type { IncomingMessage } from 'node:http';

/** The largest body read; a call of 300 instances is about a kilobyte. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** Reads a body; undefined when it is larger than the emulator takes. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
