import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CliFailure } from './command-report';

/**
 * Writes a file piece by piece; it appears whole or not at all.
 *
 * @param path - where; its folder must exist
 * @param pieces - the content, in order; never held as a whole
 * @returns undefined, or why it could not be written
 */
export async function writeOutFile(
  path: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<CliFailure | undefined> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(draft, { flags: 'wx' }));
    await rename(draft, path);
    return undefined;
  } catch (error) {
    await rm(draft, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const message = `${path} cannot be written (${code}): check the folder and its permissions.`;
    return { code: 'no-such-file', message };
  }
}
