import type { IncomingMessage } from 'node:http';

/** The largest body read; a call of 300 instances is about a kilobyte. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/** Reads a body; undefined when it is larger than the emulator takes. Rejects when it is cut. */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  // Most calls have all in the URL, and reading is what Node does slowest.
  if (encoding === undefined && (length ?? '0') === '0') return Promise.resolve(NOTHING);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) resolve(undefined);
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => reject(new Error('The client has gone away.')));
    request.on('error', reject);
  });
}
