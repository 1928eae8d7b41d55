import type { RateLimit } from './config';

/**
 * Calls a second that an account and region may send, by action. The documented ones are those of
 * the operations' pages (2024 to 2025); the limits of the others are not published: generous.
 */
export function createDefaultRateLimits(): Record<string, RateLimit> {
  return { ...createDocumentedLimits(), ...createGuessedLimits() };
}

function createDocumentedLimits(): Record<string, RateLimit> {
  return {
    CreateInstances: { perSecond: 200, burst: 200 },
    DescribeInstanceAttribute: { perSecond: 1_000, burst: 1_000 },
    DescribeZones: { perSecond: 200, burst: 200 },
    ListTagResources: { perSecond: 100, burst: 100 },
    // 200 calls a minute.
    DescribeSecurityIps: { perSecond: 200 / 60, burst: 200 },
    TagResources: { perSecond: 200 / 60, burst: 200 },
  };
}

function createGuessedLimits(): Record<string, RateLimit> {
  const writes = { perSecond: 200, burst: 200 };
  const reads = { perSecond: 1_000, burst: 1_000 };
  return {
    ...{ CreateInstance: writes, DeleteInstance: writes, ModifyInstanceAttribute: writes },
    ...{ ModifySecurityIps: writes, ResetAccountPassword: writes, UntagResources: writes },
    ...{ DescribeInstances: reads, DescribeInstancesOverview: reads, DescribePrice: reads },
    ...{ DescribeRegions: reads, DescribeVpcs: reads, DescribeVSwitches: reads },
  };
}
