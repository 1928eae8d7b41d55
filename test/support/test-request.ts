import type { TestRequest } from './fleet';

/** Where the instances of most tests go. */
export const PLACEMENT = {
  region: 'cn-hangzhou',
  zone: 'cn-hangzhou-h',
  vpcId: 'vpc-1',
  vSwitchId: 'vsw-1',
};

/** What they are. */
export const SPEC = { instanceClass: 'redis.master.small.default', engineVersion: '5.0' };

/**
 * A request for so many instances of one group.
 *
 * @param count - slots
 * @param group - what differs from a plain group
 */
export function createTestRequest(count: number, group: object = {}): TestRequest {
  return { groups: [{ name: 'sessions', count, spec: SPEC, placements: [PLACEMENT], ...group }] };
}
