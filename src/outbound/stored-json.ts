import type { ResultDocument, ResultInstance } from '../domain/result';
import type { ReleaseEntry } from './release-book';
import type { WaveInstance } from './result-store';

/** Code of {@link BrokenFileError}. */
export const BROKEN_FILE = 'ERR_BROKEN_FILE';

/** A file of the store is there and does not hold what it must: cut, or written by somebody else. */
export class BrokenFileError extends Error {
  readonly code = BROKEN_FILE;

  /**
   * @param path - the file
   * @param line - from 1; null when it is the file as a whole
   */
  constructor(path: string, line: number | null) {
    const place = line === null ? path : `${path}:${line}`;
    super(
      `${place} is cut or holds something else than this program wrote; bring the file back from ` +
        'a backup. What it would say is not guessed, since a wrong count is worse than none.',
    );
  }
}

/** Where a text was read. */
export interface FilePlace {
  readonly path: string;
  /** From 1; null for a file that is one document. */
  readonly line: number | null;
}

/**
 * Parses what a file of the store holds.
 *
 * @param text - the file, or one line of it
 * @param isRight - whether the value has what its readers need
 * @throws BrokenFileError when it is no JSON, or not right
 */
export function parseStored<T>(
  text: string,
  isRight: (value: unknown) => value is T,
  { path, line }: FilePlace,
): T {
  const value = parseOrNull(text, isRight);
  if (value === null) throw new BrokenFileError(path, line);
  return value;
}

/** As {@link parseStored}, with null for what is not right. */
export function parseOrNull<T>(text: string, isRight: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRight(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a value is a document of this version, with what its readers count with. */
export function isResultDocument(value: unknown): value is ResultDocument {
  return (
    hasTexts(value, ['batchId', 'tenant', 'account', 'outcome', 'firstRunId']) &&
    value['schema'] === 'tairfleet/result/v1' &&
    hasCounts(value, ['generation', 'revision']) &&
    hasCounts(value['counts'], COUNTS) &&
    ['groups', 'parked', 'orphans', 'missing', 'log'].every((key) => Array.isArray(value[key])) &&
    isRecord(value['frozen'])
  );
}

const COUNTS = ['slots', 'ready', 'failed', 'parked', 'skipped', 'released', 'orphans'];

/** Whether a value is one instance of a result. */
export function isResultInstance(value: unknown): value is ResultInstance {
  return (
    hasTexts(value, ['group', 'id', 'name', 'region', 'zone', 'state']) &&
    hasCounts(value, ['slot'])
  );
}

/** Whether a value is what a wave knows of an instance. */
export function isWaveInstance(value: unknown): value is WaveInstance {
  if (!hasTexts(value, ['id', 'status', 'zone'])) return false;
  return value['endpoint'] === null || typeof value['endpoint'] === 'string';
}

/** Whether a value is an entry of a release book. */
export function isReleaseEntry(value: unknown): value is ReleaseEntry {
  return (
    hasTexts(value, ['id', 'state']) && ['releasing', 'released', 'gone'].includes(value['state'])
  );
}

function hasTexts<Key extends string>(
  value: unknown,
  keys: readonly Key[],
): value is Record<Key, string> & Record<string, unknown> {
  return isRecord(value) && keys.every((key) => typeof value[key] === 'string');
}

function hasCounts(value: unknown, keys: readonly string[]): boolean {
  if (!isRecord(value)) return false;
  return keys.every((key) => Number.isSafeInteger(value[key]) && (value[key] as number) >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
