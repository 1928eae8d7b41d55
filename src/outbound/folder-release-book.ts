import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from './atomic-file';
import { encodeName, toGenerationPaths } from './folder-layout';
import type { ReleaseBook, ReleaseEntry, ReleaseKey } from './release-book';
import { isReleaseEntry, parseStored } from './stored-json';

/**
 * A release book in the folder of a result store: `g<generation>/released/<part>.ndjson`, each of
 * which appears whole or not at all.
 *
 * @param folder - the root of the result store
 */
export function createFolderReleaseBook(folder: string): ReleaseBook {
  return {
    async note({ part, ...key }, entries) {
      const path = join(toReleaseFolder(folder, key), `${encodeName(part)}.ndjson`);
      const known = new Map((await readEntries(path)).map((entry) => [entry.id, entry]));
      for (const entry of entries) known.set(entry.id, entry);
      await writeFileAtomically(
        path,
        [...known.values()].map((entry) => `${JSON.stringify(entry)}\n`),
      );
    },
    async read(key) {
      const parts = toReleaseFolder(folder, key);
      const names = await readdir(parts).catch(ignoreMissing([] as string[]));
      const known = new Map<string, ReleaseEntry['state']>();
      for (const name of names.filter((file) => file.endsWith('.ndjson'))) {
        for (const { id, state } of await readEntries(join(parts, name))) known.set(id, state);
      }
      return known;
    },
  };
}

function toReleaseFolder(root: string, key: ReleaseKey): string {
  return join(toGenerationPaths(root, key).folder, 'released');
}

async function readEntries(path: string): Promise<readonly ReleaseEntry[]> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing(''));
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => parseStored(line, isReleaseEntry, { path, line: index + 1 }));
}

/** Only "no such file" means nothing was written; every other failure must not look like that. */
function ignoreMissing<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
