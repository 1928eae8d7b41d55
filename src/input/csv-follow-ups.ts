import { findNearestWord } from '../domain/nearest-word';
import type { Problem } from '../domain/problem';

/** Where the cell of a column belongs below `followUps`. */
export type FollowUpPath = readonly [key: string, part?: string];

/** Columns of one key each, and where they belong. */
const COLUMNS: Readonly<Record<string, FollowUpPath>> = {
  passwordFromEnv: ['passwordFrom', 'env'],
  passwordFromFile: ['passwordFrom', 'file'],
  maintenanceStart: ['maintenanceWindow', 'start'],
  maintenanceEnd: ['maintenanceWindow', 'end'],
  releaseProtection: ['releaseProtection'],
  securityIps: ['securityIps'],
  allowAnywhere: ['allowAnywhere'],
  ping: ['ping'],
};

/** How columns begin whose name goes on with a key that the file chooses. */
const PREFIXES: Readonly<Record<string, string>> = { parameter: 'parameters', tag: 'tags' };

/** The columns that a file may have for its follow-ups; the last ones stand for any key. */
export const FOLLOW_UP_COLUMNS: readonly string[] = [
  ...Object.keys(COLUMNS),
  ...['parameter.<name>', 'tag.<key>'],
];

/** Columns that somebody may look for, and what to write instead. */
const REFUSED: Readonly<Record<string, string>> = {
  password: 'is never part of a request; write passwordFromEnv or passwordFromFile.',
  passwordFrom: 'has two columns, of which one is filled: passwordFromEnv and passwordFromFile.',
  maintenanceWindow: 'has two columns: maintenanceStart and maintenanceEnd.',
  parameters: 'has a column for each parameter, such as parameter.maxmemory-policy.',
  tags: 'has a column for each key, such as tag.team.',
};

/** In place of a part, where the cell is the whole key; no part is empty. */
const WHOLE = '';

/** Where the cell of that column belongs; null when it is no follow-up. */
export function toFollowUpPath(name: string): FollowUpPath | null {
  if (Object.hasOwn(COLUMNS, name)) return COLUMNS[name]!;
  const [prefix, part] = splitName(name);
  return part === '' || !Object.hasOwn(PREFIXES, prefix) ? null : [PREFIXES[prefix]!, part];
}

/** The column of a path below `followUps`; the key itself when no column says the whole of it. */
export function toFollowUpColumn(path: Problem['path']): string {
  const [key = '', part] = path.map(String);
  const named = Object.entries(COLUMNS).find(
    ([, [first, second]]) => first === key && (second === undefined || second === part),
  );
  if (named !== undefined) return named[0];
  const prefix = Object.keys(PREFIXES).find((one) => PREFIXES[one] === key);
  return prefix === undefined || part === undefined ? key : `${prefix}.${part}`;
}

/**
 * What to say of a column that there is not, where it looks like one of a follow-up.
 *
 * @param name - of the column
 * @returns a whole sentence without its subject; null when it looks like nothing of these
 */
export function findFollowUpHint(name: string): string | null {
  if (Object.hasOwn(REFUSED, name)) return REFUSED[name]!;
  const [prefix, part] = splitName(name);
  const nearest = part === '' ? null : findNearestWord(prefix, Object.keys(PREFIXES));
  return nearest === null ? null : `is not known as a column; did you mean ${nearest}.${part}?`;
}

/**
 * Puts the cells of a row together.
 *
 * @param cells - where each belongs, and its value; empty ones are left out
 * @returns the follow-ups; undefined when there are none
 */
export function toFollowUps(
  cells: readonly (readonly [FollowUpPath, unknown])[],
): object | undefined {
  if (cells.length === 0) return undefined;
  const keys = new Map<string, Map<string, unknown>>();
  for (const [[key, part = WHOLE], value] of cells) {
    const parts = keys.get(key) ?? new Map<string, unknown>();
    keys.set(key, parts.set(part, value));
  }
  // Entries, so that a tag such as __proto__ is one like any other.
  return Object.fromEntries(
    [...keys].map(([key, parts]) => [
      key,
      parts.has(WHOLE) ? parts.get(WHOLE) : Object.fromEntries(parts),
    ]),
  );
}

function splitName(name: string): readonly [string, string] {
  const at = name.indexOf('.');
  return at === -1 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
}
