import type { BatchRequest, ChargeType, Group, Placement } from './batch-request';
import { toOffer } from './preflight-questions';
import { findOfferPrice, toPriceCap, type PriceAnswers } from './price-cap';
import { formatPrice, parsePrice, type Price } from './price';

/** What one instance of a group costs at most, by what the cloud said when the batch was let in. */
export interface GroupPrice {
  readonly group: string;
  readonly chargeType: ChargeType;
  /** By the hour for PostPaid, for the whole period for PrePaid, such as `0.25 CNY`. */
  readonly each: string;
}

/** The prices of all groups of a request, or why one of them is not known. */
export type GroupPrices =
  | { readonly ok: true; readonly prices: readonly GroupPrice[] }
  | { readonly ok: false; readonly group: string; readonly reason: string };

/**
 * What one instance of each group costs at most: in the dearest of its placements. One in a placement
 * under a cap counts with its cap when it costs more: it is not bought then.
 *
 * @param request - the checked request
 * @param answers - what the cloud said
 */
export function toGroupPrices(
  { groups }: Pick<BatchRequest, 'groups'>,
  answers: PriceAnswers,
): GroupPrices {
  const prices: GroupPrice[] = [];
  for (const group of groups) {
    const each = findDearest(group, answers);
    if (typeof each === 'string') return { ok: false, group: group.name, reason: each };
    const { chargeType } = group.spec;
    prices.push({ group: group.name, chargeType, each: formatPrice(each) });
  }
  return { ok: true, prices };
}

/**
 * What a batch costs at most in its first hour: an hour of each PostPaid instance, and the whole period
 * of each PrePaid one, by {@link toGroupPrices}.
 *
 * @param request - the checked request
 * @param answers - what the cloud said
 * @param currency - in which the sum is wanted
 * @returns null when a price is not known, or is in another currency
 */
export function sumBatchPrice(
  { groups }: Pick<BatchRequest, 'groups'>,
  answers: PriceAnswers,
  currency: string,
): Price | null {
  let amount = 0n;
  for (const group of groups) {
    const each = findDearest(group, answers);
    if (typeof each === 'string' || each.currency !== currency) return null;
    amount += each.amount * BigInt(group.count);
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

function findDearest(group: Group, answers: PriceAnswers): Price | string {
  let dearest: Price | null = null;
  for (const placement of group.placements) {
    const price = toMostPaid(group, placement, answers);
    if (typeof price === 'string') return price;
    if (dearest !== null && dearest.currency !== price.currency) {
      return `its placements are priced in ${dearest.currency} and in ${price.currency}`;
    }
    if (dearest === null || price.amount > dearest.amount) dearest = price;
  }
  return dearest ?? 'it has no placement';
}

function toMostPaid(group: Group, placement: Placement, answers: PriceAnswers): Price | string {
  const price = findOfferPrice(toOffer(group, placement), answers);
  if (typeof price === 'string') return price;
  const cap = toPriceCap(group, placement);
  return cap?.currency === price.currency && cap.amount < price.amount ? cap : price;
}
