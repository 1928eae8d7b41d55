import type { BatchRequest } from './batch-request';
import { hashValue } from './canonical-json';

/**
 * Hash of a checked request, equal for requests that ask for the same, however they were written: the
 * order of keys does not count, that of groups and placements does.
 */
export function hashRequest(request: BatchRequest): string {
  return hashValue(request);
}
