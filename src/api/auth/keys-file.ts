import { readFile, stat } from 'node:fs/promises';
import { NO_KEYS, readApiKeys } from './api-keys';
import type { ApiKeys } from './api-keys';

/** How long a look at the file counts: a withdrawn key is let in for no longer. */
const LOOK_AGAIN_MS = 1_000;

/** How a keys file is read. */
export interface KeysFileOptions {
  /** Whether no real account is behind the server; else a key that everybody knows is refused. */
  readonly isOnlyEmulator: boolean;
  /** Told once for each state of the file that cannot be used, in a sentence. */
  readonly onProblem: (message: string) => void;
}

/**
 * The keys of a file, read again when it changes. A file that is gone lets nobody in; one that is
 * broken leaves the keys before in force, since a slip must not lock everybody out.
 *
 * @param path - the file
 * @returns how to get its keys
 * @throws Error when it cannot be used from the beginning: then nobody could be let in
 */
export async function openKeysFile(
  path: string,
  { isOnlyEmulator, onProblem }: KeysFileOptions,
): Promise<() => Promise<ApiKeys>> {
  let keys = NO_KEYS;
  let version: string | null | undefined;
  let lookedAtMs = -Infinity;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const found = await readVersion(path);
    lookedAtMs = performance.now();
    if (found === version) return;
    const isFirst = version === undefined;
    version = found;
    if (found === null) {
      if (isFirst)
        throw new Error(`The keys file ${path} cannot be read, so nobody could be let in.`);
      keys = NO_KEYS;
      return onProblem(`The keys file ${path} cannot be read, so no key is let in.`);
    }
    try {
      keys = readApiKeys(await readFile(path, 'utf8'), isOnlyEmulator);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (isFirst) throw new Error(toRefusal(path, why), { cause: error });
      onProblem(`The keys file ${path} is not valid (${why}); the keys before stay in force.`);
    }
  };
  await look();
  return async () => {
    if (performance.now() - lookedAtMs > LOOK_AGAIN_MS) {
      looking ??= look().finally(() => (looking = undefined));
      await looking;
    }
    return keys;
  };
}

/** Before it is in use there are no keys that could stay in force. */
function toRefusal(path: string, why: string): string {
  return `The keys file ${path} is refused: ${why}. docs/api.md shows how to make one.`;
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
