import type { BatchRequest } from './batch-request';
import { sha256Hex } from './hash';

/**
 * Hash of a checked request, equal for requests that ask for the same, however they were written: the
 * order of keys does not count, that of groups and placements does.
 */
export function hashRequest(request: BatchRequest): string {
  return sha256Hex(toCanonicalJson(request));
}

/** JSON with sorted keys; keys without a value are left out, as in plain JSON. */
function toCanonicalJson(value: unknown): string {
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
