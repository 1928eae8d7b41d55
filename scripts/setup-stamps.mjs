/** Stamps that tell whether an installation or a build still fits the files of the checkout. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Stamp of an installation: the lockfile and the Node major version.
 *
 * @param {string} root - folder of the checkout
 */
export function toInstallStamp(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return `${hash.digest('hex')} node ${process.versions.node.split('.')[0]}\n`;
}

/**
 * Stamp of a build: path, size and time of change of everything it is made from, a line each.
 *
 * @param {string} root - folder of the checkout
 */
export function toBuildStamp(root) {
  const top = readdirSync(root).filter((name) => /^(tsconfig.*|package-lock)\.json$/.test(name));
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const paths = [...top, ...sources, join('scripts', 'bundle-workflows.mjs')].sort();
  return paths.map((path) => `${toLine(root, path)}\n`).join('');
}

function toLine(root, path) {
  const { size, mtimeMs } = statSync(join(root, path));
  return `${path.split(sep).join('/')} ${size} ${mtimeMs}`;
}
