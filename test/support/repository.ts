import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of the checkout. */
export const ROOT = resolve(__dirname, '../..');

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git', '.tairfleet']);

/**
 * Lists the files of the repository.
 *
 * @param folder - relative to the root; `.` for all
 * @param ending - how the wanted names end, say `.md`
 * @returns paths relative to the root
 */
export function listFiles(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : listFiles(path, ending);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

/** The text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
