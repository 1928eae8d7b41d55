import { ACTIONS } from './actions/action-table';
import type { RateLimit } from './config';

/**
 * Calls a second that an account and region may send, by action. The documented ones are those of
 * the operations' pages (2024 to 2025); the limits of the others are not published: generous.
 */
export function createDefaultRateLimits(): Record<string, RateLimit> {
  return { ...createGuessedLimits(), ...createDocumentedLimits() };
}

function createDocumentedLimits(): Record<string, RateLimit> {
  return {
    CreateInstances: { perSecond: 200, burst: 200 },
    CreateTairInstance: { perSecond: 200, burst: 200 },
    DescribeInstanceAttribute: { perSecond: 1_000, burst: 1_000 },
    DescribeZones: { perSecond: 200, burst: 200 },
    ListTagResources: { perSecond: 100, burst: 100 },
    DescribeEngineVersion: { perSecond: 1_000 / 60, burst: 1_000 },
    // 200 calls a minute.
    DescribeSecurityIps: { perSecond: 200 / 60, burst: 200 },
    RenewInstance: { perSecond: 200 / 60, burst: 200 },
    TagResources: { perSecond: 200 / 60, burst: 200 },
  };
}

const READ_PATTERN = /^(Describe|List|Query|Get)/;

function createGuessedLimits(): Record<string, RateLimit> {
  const writes = { perSecond: 200, burst: 200 };
  const reads = { perSecond: 1_000, burst: 1_000 };
  return Object.fromEntries(
    ACTIONS.map(({ name }) => [name, READ_PATTERN.test(name) ? reads : writes]),
  );
}
