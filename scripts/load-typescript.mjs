/**
 * Lets a script load the TypeScript of `test/`, as jest does: its transform alone, without the checks
 * of types that `npm run check` makes.
 */
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { ROOT } from './setup.mjs';

const OPTIONS = {
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
};

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename });
  module._compile(code, filename);
};

/**
 * Loads a module and all that it imports.
 *
 * @param {string} path - from the root of the repository, without its ending
 */
export const loadTypeScript = (path) => createRequire(import.meta.url)(join(ROOT, path));
