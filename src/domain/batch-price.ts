import type { BatchRequest, Group, Placement } from './batch-request';
import { findOfferPrice, toPriceCap, type PriceAnswers } from './price-cap';
import { toOffer } from './preflight-questions';
import { parsePrice, type Price } from './price';

/**
 * What a batch costs at most in its first hour: an hour of each PostPaid instance, and the whole period
 * of each PrePaid one, each in the dearest of its placements. An instance in a placement under a cap
 * counts with its cap when it costs more: it is not bought then.
 *
 * @param request - the checked request
 * @param prices - what the cloud said
 * @param currency - in which the sum is wanted
 * @returns null when a price is not known, or is in another currency
 */
export function sumBatchPrice(
  { groups }: Pick<BatchRequest, 'groups'>,
  prices: PriceAnswers,
  currency: string,
): Price | null {
  let amount = 0n;
  for (const group of groups) {
    const each = findDearest(group, prices, currency);
    if (each === null) return null;
    amount += each * BigInt(group.count);
  }
  return { amount, currency };
}

/** Whether a batch may only buy with an approval because of its price; an unknown one is a reason. */
export function isPriceToApprove(
  approvalAbovePrice: string | undefined,
  price: Price | null,
): boolean {
  if (approvalAbovePrice === undefined) return false;
  const limit = parsePrice(approvalAbovePrice);
  return limit === null || price === null || price.amount > limit.amount;
}

function findDearest(group: Group, prices: PriceAnswers, currency: string): bigint | null {
  let dearest = 0n;
  for (const placement of group.placements) {
    const amount = toAmount(group, placement, { prices, currency });
    if (amount === null) return null;
    if (amount > dearest) dearest = amount;
  }
  return dearest;
}

function toAmount(
  group: Group,
  placement: Placement,
  { prices, currency }: { readonly prices: PriceAnswers; readonly currency: string },
): bigint | null {
  const price = findOfferPrice(toOffer(group, placement), prices);
  if (typeof price === 'string' || price.currency !== currency) return null;
  const cap = toPriceCap(group, placement);
  return cap?.currency === currency && cap.amount < price.amount ? cap.amount : price.amount;
}
