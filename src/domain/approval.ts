import { countSlots, REQUEST_DEFAULTS, type BatchRequest } from './batch-request';
import { sha256Base32 } from './hash';
import { hashValue } from './canonical-json';
import type { FrozenPlan } from './frozen-plan';

/** What a person has to approve before anything is bought. */
export interface PendingApproval {
  /** Names exactly this order: an approval of another one does not count. */
  readonly plan: string;
  readonly instances: number;
  readonly sinceMs: number;
  /** When it counts as rejected, ms since the epoch. */
  readonly untilMs: number;
}

/** Characters of a plan's name: enough that no two plans share it, few enough to be typed. */
const PLAN_NAME_LENGTH = 12;

/** Whether a batch may only buy once somebody has approved it. */
export function needsApproval({ policy, groups }: BatchRequest): boolean {
  return policy.approvalAbove !== undefined && countSlots({ groups }) > policy.approvalAbove;
}

/**
 * What is to be approved.
 *
 * @param request - the checked request
 * @param frozen - how it is cut and named, and from which account it is bought
 * @param sinceMs - now, ms since the epoch
 */
export function createPendingApproval(
  request: BatchRequest,
  frozen: FrozenPlan,
  sinceMs: number,
): PendingApproval {
  const waitMs = request.policy.approvalDeadlineMs ?? REQUEST_DEFAULTS.approvalDeadlineMs;
  return {
    plan: sha256Base32(hashValue(frozen), PLAN_NAME_LENGTH),
    instances: countSlots(request),
    sinceMs,
    untilMs: sinceMs + waitMs,
  };
}
