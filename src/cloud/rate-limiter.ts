import { createCallLane } from './call-lane';
import type { CallLane } from './call-lane';
import type { Clock } from './clock';
import type { CloudLimits } from './defaults';
import type { CallTarget } from './port';

/** Hands out the lane of a call: the cloud counts calls by account, region and action. */
export interface RateLimiter {
  lane(target: CallTarget, action: string): CallLane;
}

/** A limiter whose lanes adapt on their own; one serves a whole process. */
export function createRateLimiter(limits: CloudLimits, clock: Clock): RateLimiter {
  const lanes = new Map<string, CallLane>();
  return {
    lane({ account, region }, action) {
      const key = JSON.stringify([account, region, action]);
      const lane = lanes.get(key) ?? createCallLane(limits, clock);
      lanes.set(key, lane);
      return lane;
    },
  };
}
