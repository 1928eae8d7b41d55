import { open } from 'node:fs/promises';

/** Largest file that is read, in bytes; the largest valid request is far below. */
export const FILE_BYTES_MAX = 4 * 1024 * 1024;

/** Largest CSV file: some 150,000 rows, which are folded into groups. */
export const CSV_BYTES_MAX = 16 * 1024 * 1024;

/** A text, or why there is none. */
export type ReadText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'unreadable' | 'invalid'; readonly message: string };

/** Reads a file of UTF-8 text, or says in a sentence why that is not possible. */
export async function readTextFile(path: string, bytesMax = FILE_BYTES_MAX): Promise<ReadText> {
  try {
    const file = await open(path, 'r');
    try {
      return await readTextStream(file.createReadStream({ autoClose: false }), bytesMax);
    } finally {
      await file.close();
    }
  } catch (error) {
    return { ok: false, reason: 'unreadable', message: toMessage(error) };
  }
}

/** Reads UTF-8 text from a stream, such as standard input. */
export async function readTextStream(
  stream: AsyncIterable<Uint8Array>,
  bytesMax = FILE_BYTES_MAX,
): Promise<ReadText> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream) {
    bytes += part.length;
    if (bytes > bytesMax) {
      const megabytes = bytesMax / 1024 / 1024;
      return { ok: false, reason: 'invalid', message: `is larger than ${megabytes} MB.` };
    }
    parts.push(part);
  }
  return decode(Buffer.concat(parts));
}

function decode(bytes: Uint8Array): ReadText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return { ok: true, text };
  } catch {
    // Falls through to the same answer: what is no UTF-8 is no text of ours.
  }
  const message = 'is not a text file in UTF-8; write the request as YAML, JSON or CSV.';
  return { ok: false, reason: 'invalid', message };
}

/** By the code of the operating system, since messages differ between systems. */
function toMessage(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such file; check the path.';
    case 'EISDIR':
      return 'is a folder; name a file in it.';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user; check its permissions.';
    default:
      return `cannot be read (${code}).`;
  }
}
