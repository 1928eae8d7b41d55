import { formatAmount, parseAmount } from './amount';
import type { GroupVerdict, PlacementVerdict, PreflightReport } from './preflight-report';
import type { Answered, Offer, PriceFact } from './preflight-facts';
import { toQuestionKey } from './preflight-questions';
import type { PriceTotal } from './price-total';

/** A price that is not what it was. */
export interface PriceChange {
  readonly offer: Offer;
  readonly before: PriceFact;
  /** Null: it is not known any more. */
  readonly now: PriceFact | null;
}

/** An offer with its price at some time. */
export interface OfferPrice {
  readonly offer: Offer;
  readonly price: PriceFact | null;
}

interface Sum {
  readonly key: Omit<PriceTotal, 'amount' | 'slots' | 'unpricedSlots'>;
  amount: bigint;
  slots: number;
  unpricedSlots: number;
}

/**
 * Sums what a batch costs, by way of paying. The slots of a placement that is impossible count with
 * the next one that is not, since this is where they are bought then.
 */
export function sumPrices(groups: readonly GroupVerdict[]): readonly PriceTotal[] {
  const sums = new Map<string, Sum>();
  for (const { placements } of groups) {
    for (const [rank, { slots }] of placements.entries()) {
      const bought = findPossible(placements, rank);
      if (bought !== undefined && slots > 0) addTo(sums, bought, slots);
    }
  }
  return [...sums.values()].map(({ key, amount, slots, unpricedSlots }) => ({
    ...key,
    amount: formatAmount(amount),
    slots,
    unpricedSlots,
  }));
}

/** The first placement from this one on that is possible; this one itself when none is. */
function findPossible(
  placements: readonly PlacementVerdict[],
  rank: number,
): PlacementVerdict | undefined {
  const order = [...placements.slice(rank), ...placements.slice(0, rank)];
  return order.find(({ verdict }) => verdict !== 'impossible') ?? order[0];
}

function addTo(sums: Map<string, Sum>, { offer, price }: PlacementVerdict, slots: number): void {
  const { chargeType, periodMonths } = offer;
  const key = { chargeType, periodMonths, currency: price?.currency ?? null };
  const name = toQuestionKey(key);
  const sum = sums.get(name) ?? { key, amount: 0n, slots: 0, unpricedSlots: 0 };
  sums.set(name, sum);
  const each = price === null ? null : parseAmount(price.amount);
  sum.slots += slots;
  if (each === null) sum.unpricedSlots += slots;
  else sum.amount += each * BigInt(slots);
}

/** The prices that a preflight has shown, each offer once, as a saved plan keeps them. */
export function listOfferPrices({ groups }: PreflightReport): readonly OfferPrice[] {
  const placements = groups.flatMap((group) => group.placements);
  const prices = placements.map(({ offer, price }) => ({ offer, price }));
  return [...new Map(prices.map((one) => [toQuestionKey(one.offer), one])).values()];
}

/** The prices as they are answered. */
export function toOfferPrices(
  answers: readonly Answered<Offer, PriceFact>[],
): readonly OfferPrice[] {
  return answers.map(({ question, fact }) => ({
    offer: question,
    price: fact.kind === 'known' ? fact.value : null,
  }));
}

/**
 * Which prices are not what they were. One that was never known cannot have changed; one that is no
 * longer known may have.
 */
export function listPriceChanges(
  before: readonly OfferPrice[],
  now: readonly OfferPrice[],
): readonly PriceChange[] {
  const today = new Map(now.map(({ offer, price }) => [toQuestionKey(offer), price]));
  return before.flatMap(({ offer, price }) => {
    const found = today.get(toQuestionKey(offer)) ?? null;
    if (price === null || isSamePrice(price, found)) return [];
    return [{ offer, before: price, now: found }];
  });
}

function isSamePrice(before: PriceFact, now: PriceFact | null): boolean {
  return now?.currency === before.currency && now.amount === before.amount;
}
