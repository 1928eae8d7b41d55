import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Characters gathered before a write: few system calls, and a bounded buffer. */
const BUFFER_CHARS = 64 * 1024;

/**
 * Writes a file so that a reader, also after a crash, sees the old content or the whole new one.
 *
 * @param path - where; folders are made
 * @param pieces - the content, in order; never held as a whole
 */
export async function writeFileAtomically(
  path: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, 'wx');
    try {
      await writePieces(file, pieces);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writePieces(
  file: FileHandle,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  let buffer = '';
  for await (const piece of pieces) {
    buffer += piece;
    if (buffer.length < BUFFER_CHARS) continue;
    await file.writeFile(buffer);
    buffer = '';
  }
  await file.writeFile(buffer);
}

/** Makes the rename itself durable; some systems cannot open a folder, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  await handle.sync().catch(() => {});
  await handle.close();
}
