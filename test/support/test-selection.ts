import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import serverFolders from './server-folders.json';

/** Folders whose tests run workflow code, with a server or by replay, and so need the bundle. */
const BUNDLE_FOLDERS: readonly string[] = [...serverFolders, 'test/replay'];

/** What of jest's configuration says which test files a run may touch. */
export interface TestSelection {
  readonly rootDir: string;
  /** Regular expressions from the command line; none: every file. */
  readonly patterns: readonly string[];
  /** Regular expressions from the configuration; a file that matches one is left out. */
  readonly ignorePatterns: readonly string[];
}

/** What the selected tests need to be there before the first of them starts. */
export interface TestNeeds {
  readonly hasServerTests: boolean;
  readonly hasBundleTests: boolean;
}

/**
 * Finds out what a run needs, so that one of unit tests starts in a second.
 *
 * @param selection - from jest's configuration
 */
export function findTestNeeds(selection: TestSelection): TestNeeds {
  return {
    hasServerTests: serverFolders.some((folder) => hasSelected(folder, selection)),
    hasBundleTests: BUNDLE_FOLDERS.some((folder) => hasSelected(folder, selection)),
  };
}

function hasSelected(folder: string, selection: TestSelection): boolean {
  const path = join(selection.rootDir, folder);
  if (!existsSync(path)) return false;
  const wanted = selection.patterns.map((pattern) => new RegExp(pattern, 'i'));
  const ignored = selection.ignorePatterns.map((pattern) => new RegExp(pattern));
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(path, name))
    .some(
      (file) =>
        (wanted.length === 0 || wanted.some((pattern) => pattern.test(file))) &&
        !ignored.some((pattern) => pattern.test(file)),
    );
}
