import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from './atomic-file';

/** Where results would lie, and what is in the way of writing one. */
export interface FolderProbe {
  readonly location: string;
  /** A sentence; null when nothing is. */
  readonly problem: string | null;
}

/**
 * Writes a file into a result folder and takes it away again.
 *
 * @param folder - the root of the result store
 */
export async function probeFolder(folder: string): Promise<FolderProbe> {
  const location = resolve(folder);
  const path = join(location, `.probe-${randomUUID()}`);
  try {
    await writeFileAtomically(path, ['']);
    await rm(path, { force: true });
    return { location, problem: null };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return { location, problem: `the folder cannot be written to (${code})` };
  }
}
