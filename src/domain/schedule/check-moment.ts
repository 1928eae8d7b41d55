import type { ObjectReader, TextRule } from '../check-object';

/** A moment with its offset, so that it is the same one everywhere. */
export const MOMENT_RULE: TextRule = {
  pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/,
  description: 'a moment with its offset, such as 2026-12-31T18:00:00+08:00',
};

/** A name of the tz database, as far as a pattern can tell. */
export const TIME_ZONE_RULE: TextRule = {
  pattern: /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/,
  description: 'a name of the tz database, such as Asia/Shanghai',
};

/**
 * Reads a moment.
 *
 * @returns milliseconds since 1970; undefined when the key is absent or wrong
 */
export function readMoment(reader: ObjectReader, key: string): number | undefined {
  const text = reader.text(key, MOMENT_RULE);
  if (text === undefined) return undefined;
  const atMs = Date.parse(text);
  if (!Number.isNaN(atMs)) return atMs;
  return reader.report(key, 'not-allowed', `must be ${MOMENT_RULE.description}.`);
}

/**
 * Reads a time zone.
 *
 * @returns its name; undefined when the key is absent, or nobody knows that zone
 */
export function checkTimeZone(reader: ObjectReader, key: string): string | undefined {
  const name = reader.text(key, TIME_ZONE_RULE);
  if (name === undefined || isTimeZone(name)) return name;
  return reader.report(key, 'not-allowed', `must be ${TIME_ZONE_RULE.description}.`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
