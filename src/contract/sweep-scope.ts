import type { BatchRequest } from '../domain/batch-request';
import type { SearchPlace } from './activity-types';
import type { SweepScope } from './sweep-types';

/**
 * What a sweep must know of a request.
 *
 * @param request - the checked request
 * @param requestHash - its hash
 */
export function toSweepScope(request: BatchRequest, requestHash: string): SweepScope {
  const places = new Map<string, SearchPlace>();
  for (const { spec, placements } of request.groups) {
    for (const { region } of placements) {
      places.set(`${region}/${spec.engine}`, { region, engine: spec.engine });
    }
  }
  return { requestHash, places: [...places.values()], notify: request.notify };
}
