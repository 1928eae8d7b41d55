import { listPriceChanges, toOfferPrices } from '../../domain/preflight-price';
import type { PriceChange } from '../../domain/preflight-price';
import { listPriceQuestions } from '../../domain/preflight-questions';
import type { BatchService } from '../../service/batch-service';
import type { CliFailure } from '../command-report';
import type { PricedSubmission } from '../read-submission';
import { formatOffer, formatPrice } from '../views/human/preflight-lines';

/**
 * Whether the prices of a saved plan still hold. A batch that is there already is not priced again: it has
 * been ordered. A price that can no longer be asked may have changed, so it stands in the way, too.
 *
 * @param service - asks the cloud by a worker
 * @param submission - the request; with `prices` when it comes from a plan with a preflight
 * @returns undefined when it may be applied; `price-differs`, or why nobody could be asked
 */
export async function checkPrices(
  service: BatchService,
  submission: PricedSubmission,
): Promise<CliFailure | undefined> {
  const { request, frozen, prices = [] } = submission;
  const known = prices.filter(({ price }) => price !== null);
  if (known.length === 0 || frozen === undefined) return undefined;
  const found = await service.find(submission);
  if (found.ok) return undefined;
  const facts = await service.preflight({
    tenant: request.tenant,
    account: frozen.account,
    questions: listPriceQuestions(known.map(({ offer }) => offer)),
  });
  if (!facts.ok) return facts;
  const changes = listPriceChanges(known, toOfferPrices(facts.value.prices));
  return changes.length === 0 ? undefined : createPriceFailure(changes);
}

function createPriceFailure(changes: readonly PriceChange[]): CliFailure {
  return {
    code: 'price-differs',
    message:
      'The prices are not those of the saved plan, so nothing was sent. Plan the request again, or ' +
      'give --accept-price.',
    lines: changes.map(toChangeLine),
    data: { changes },
  };
}

function toChangeLine({ offer, before, now }: PriceChange): string {
  const today = now === null ? 'cannot be asked now' : `${formatPrice(offer, now)} now`;
  return `${formatOffer(offer)} in ${offer.zone}: ${formatPrice(offer, before)} in the plan, ${today}`;
}
