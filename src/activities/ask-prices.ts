import type { PreflightPort } from '../cloud/preflight-port';
import type { Offer } from '../domain/preflight-facts';
import type { PriceAnswers } from '../domain/price-cap';
import type { CallCounter } from './call-counter';
import { askPatiently } from './preflight-patience';

/** When a price that is not told counts as unknown, ms: what waits for it cannot go on without. */
const PRICE_MS = 90_000;

/** Whose prices are asked, and by whom. */
export interface PriceAsking {
  readonly looks: Pick<PreflightPort, 'readPrice'>;
  readonly account: string;
  readonly life: AbortSignal;
  readonly calls: CallCounter;
}

/** Asks what these offers cost, all at once; whatever is not told is unknown. */
export function askPrices(
  { looks, account, life, calls }: PriceAsking,
  offers: readonly Offer[],
): Promise<PriceAnswers> {
  const signal = AbortSignal.any([life, AbortSignal.timeout(PRICE_MS)]);
  return Promise.all(
    offers.map(async (offer) => ({
      question: offer,
      fact: await askPatiently(async () => {
        const answer = await looks.readPrice({ account, region: offer.region, signal, offer });
        calls.add('DescribePrice', answer.calls);
        return answer;
      }, signal),
    })),
  );
}
