import { sha256Hex } from './hash';

/**
 * A hash that is equal for equal values, however their keys are ordered.
 *
 * @param value - plain JSON data; keys without a value count as absent
 */
export function hashValue(value: unknown): string {
  return sha256Hex(toCanonicalJson(value));
}

/** JSON with sorted keys; keys without a value are left out, as in plain JSON. */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isRecord(inner) ? sortKeys(inner) : inner,
  );
}

function sortKeys(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
