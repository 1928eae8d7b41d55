/**
 * Reads a list of chunk paths, as `--chunks` takes it.
 *
 * @param list - such as `sessions/0-89,sessions/90-179`
 */
export function toChunkPaths(list: string): string[] {
  return list
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '');
}
