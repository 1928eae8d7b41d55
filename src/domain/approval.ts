import { isPriceToApprove, sumBatchPrice } from './batch-price';
import { countSlots, REQUEST_DEFAULTS, type BatchRequest } from './batch-request';
import { hashValue } from './canonical-json';
import type { FrozenPlan } from './frozen-plan';
import { sha256Base32 } from './hash';
import { formatPrice, parsePrice, type Price } from './price';
import type { PriceAnswers } from './price-cap';

/** What a person has to approve before anything is bought. */
export interface PendingApproval {
  /** Names exactly this order at this price: an approval of another one does not count. */
  readonly plan: string;
  readonly instances: number;
  /**
   * What the batch may cost in its first hour, such as `40.00 CNY`, or `unknown`; null when the request
   * does not want its price approved.
   */
  readonly price: string | null;
  readonly sinceMs: number;
  /** When it counts as rejected, ms since the epoch. */
  readonly untilMs: number;
}

/** Characters of a plan's name: enough that no two plans share it, few enough to be typed. */
const PLAN_NAME_LENGTH = 12;

/** What stands for a price that the cloud does not tell. */
const UNKNOWN_PRICE = 'unknown';

/**
 * What has to be approved, if anything: more instances than the request lets pass, or a higher price.
 *
 * @param request - the checked request
 * @param frozen - how it is cut and named, and from which account it is bought
 * @param asked - what the cloud said about prices, and now, ms since the epoch
 * @returns null when the batch may buy at once
 */
export function createPendingApproval(
  request: BatchRequest,
  frozen: FrozenPlan,
  { prices, nowMs }: { readonly prices: PriceAnswers; readonly nowMs: number },
): PendingApproval | null {
  const { approvalAbove, approvalAbovePrice, approvalDeadlineMs } = request.policy;
  const instances = countSlots(request);
  const total = toBatchPrice(request, prices);
  const isMany = approvalAbove !== undefined && instances > approvalAbove;
  if (!isMany && !isPriceToApprove(approvalAbovePrice, total)) return null;
  const price = approvalAbovePrice === undefined ? null : toText(total);
  const ordered = price === null ? frozen : { frozen, price };
  return {
    plan: sha256Base32(hashValue(ordered), PLAN_NAME_LENGTH),
    instances,
    price,
    sinceMs: nowMs,
    untilMs: nowMs + (approvalDeadlineMs ?? REQUEST_DEFAULTS.approvalDeadlineMs),
  };
}

function toBatchPrice(request: BatchRequest, prices: PriceAnswers): Price | null {
  const limit = parsePrice(request.policy.approvalAbovePrice ?? '');
  return limit === null ? null : sumBatchPrice(request, prices, limit.currency);
}

function toText(price: Price | null): string {
  return price === null ? UNKNOWN_PRICE : formatPrice(price);
}
