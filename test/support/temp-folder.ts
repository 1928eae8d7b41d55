import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of one test file, gone after it. */
export interface TempFolder {
  readonly path: string;
  /** Writes an executable script of `sh` into the folder and gives its path. */
  writeScript(name: string, lines: readonly string[]): string;
  remove(): void;
}

/** Creates an empty folder under the system's folder for temporary files. */
export function createTempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'tairfleet-test-'));
  return {
    path,
    writeScript: (name, lines) => {
      const script = join(path, name);
      writeFileSync(script, ['#!/bin/sh', ...lines, ''].join('\n'));
      chmodSync(script, 0o755);
      return script;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
