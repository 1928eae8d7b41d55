import { readFile, stat } from 'node:fs/promises';
import { NO_KEYS, readApiKeys } from './api-keys';
import type { ApiKeys } from './api-keys';

/** How long a look at the file counts: a withdrawn key is let in for no longer. */
const LOOK_AGAIN_MS = 1_000;

/** Told of a file that cannot be read, in a sentence. */
export type OnKeysProblem = (message: string) => void;

/**
 * The keys of a file, read again when it changes. A file that is gone lets nobody in; one that is
 * broken leaves the keys before in force, since a slip must not lock everybody out.
 *
 * @param path - the file
 * @param onProblem - told once for each state of the file
 */
export function createKeysFile(path: string, onProblem: OnKeysProblem): () => Promise<ApiKeys> {
  let keys = NO_KEYS;
  let version: string | null | undefined;
  let lookedAtMs = -Infinity;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const found = await readVersion(path);
    lookedAtMs = performance.now();
    if (found === version) return;
    version = found;
    if (found === null) {
      keys = NO_KEYS;
      return onProblem(`The keys file ${path} cannot be read, so no key is let in.`);
    }
    try {
      keys = readApiKeys(await readFile(path, 'utf8'));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      onProblem(`The keys file ${path} is not valid (${why}); the keys before stay in force.`);
    }
  };
  return async () => {
    if (performance.now() - lookedAtMs > LOOK_AGAIN_MS) {
      looking ??= look().finally(() => (looking = undefined));
      await looking;
    }
    return keys;
  };
}

/** Changes with every change of the file; null when it cannot be read. */
async function readVersion(path: string): Promise<string | null> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}
