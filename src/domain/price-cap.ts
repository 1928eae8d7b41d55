import type { BatchRequest, Group, Placement } from './batch-request';
import type { Answered, Offer, PriceFact } from './preflight-facts';
import { isPriceable, toOffer, toQuestionKey } from './preflight-questions';
import { formatPrice, parsePrice, toPrice, type Price } from './price';
import type { Refusal } from './refusal';

/** What the cloud said about the price of each offer that it was asked for. */
export type PriceAnswers = readonly Answered<Offer, PriceFact>[];

/** A placement that nothing is bought in, since it costs more than its cap, or nobody knows what. */
export interface PlacementBar {
  /** Index of the group in the request. */
  readonly group: number;
  /** Rank of the placement. */
  readonly placement: number;
  readonly refusal: Refusal;
}

/** What one instance may cost in a placement; null: anything. Its own cap wins over its group's. */
export function toPriceCap(
  { maxPrice }: Pick<Group, 'maxPrice'>,
  placement: Pick<Placement, 'maxPrice'>,
): Price | null {
  const cap = placement.maxPrice ?? maxPrice;
  return cap === undefined ? null : parsePrice(cap);
}

/**
 * The offers whose prices decide something: those under a cap, and all of them when the price of the
 * batch decides about an approval. Empty for a request that says nothing of prices.
 */
export function listPricedOffers({ groups, policy }: BatchRequest): readonly Offer[] {
  const isEach = policy.approvalAbovePrice !== undefined;
  const offers = groups.flatMap((group) =>
    group.placements
      .filter((placement) => isEach || toPriceCap(group, placement) !== null)
      .map((placement) => toOffer(group, placement)),
  );
  return [...new Map(offers.filter(isPriceable).map((one) => [toQuestionKey(one), one])).values()];
}

/**
 * Which placements are not used because of their price. One whose price is not known is not used
 * either: a cap is a promise, and nothing would keep it.
 *
 * @param request - the checked request
 * @param prices - what the cloud said; an offer without an answer counts as unknown
 */
export function listPriceBars(
  { groups }: Pick<BatchRequest, 'groups'>,
  prices: PriceAnswers,
): readonly PlacementBar[] {
  return groups.flatMap((group, index) =>
    group.placements.flatMap((placement, rank): readonly PlacementBar[] => {
      const cap = toPriceCap(group, placement);
      if (cap === null) return [];
      const refusal = judgePrice(toOffer(group, placement), cap, prices);
      return refusal === null ? [] : [{ group: index, placement: rank, refusal }];
    }),
  );
}

/** The price of an offer, or why it is not known. */
export function findOfferPrice(offer: Offer, prices: PriceAnswers): Price | string {
  const key = toQuestionKey(offer);
  const fact = prices.find(({ question }) => toQuestionKey(question) === key)?.fact;
  if (fact === undefined) return 'the cloud has no call for it, or did not answer';
  if (fact.kind === 'unknown') return `${fact.code}: ${fact.message}`;
  return toPrice(fact.value) ?? `the cloud answered '${fact.value.amount}'`;
}

function judgePrice(offer: Offer, cap: Price, prices: PriceAnswers): Refusal | null {
  const what = `one ${offer.instanceClass ?? `of ${offer.capacityMb ?? 0} MB`} in ${offer.zone}`;
  const price = findOfferPrice(offer, prices);
  if (typeof price === 'string') {
    return refuse('price-unknown', `the price of ${what} is not known (${price})`, cap);
  }
  if (price.currency !== cap.currency) {
    return refuse('price-unknown', `${what} is priced in ${price.currency}`, cap);
  }
  if (price.amount <= cap.amount) return null;
  return refuse('price-above-cap', `${what} costs ${formatPrice(price)}`, cap);
}

function refuse(code: BarCode, what: string, cap: Price): Refusal {
  return { class: 'invalid', code, message: `${what}; its maxPrice is ${formatPrice(cap)}` };
}

/** Codes of a refusal because of a price. */
type BarCode = 'price-above-cap' | 'price-unknown';

const BAR_CODES: readonly string[] = ['price-above-cap', 'price-unknown'] satisfies BarCode[];

/** Whether something is refused because of its price: another price may change it. */
export function isPriceRefusal(refusal: Refusal | null): boolean {
  return refusal !== null && BAR_CODES.includes(refusal.code);
}
