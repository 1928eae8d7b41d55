/** What a case may cost, asked from the service before anything is ordered. */
import { findMismatch } from './expectation.mjs';
import { countOrdered } from './order.mjs';
import { sendCall, toCall } from './send-call.mjs';

/** Of a case that names no price of its own: an instance of the class that most of them order. */
const USUAL_PRICE = {
  ...{ RegionId: '${region}', ZoneId: '${zone}', InstanceClass: '${class}' },
  ...{ OrderType: 'BUY', ChargeType: 'PostPaid' },
};

/** Undefined: it may be ordered. Else why not; without an answer nothing is. */
export async function findPriceProblem(one, run) {
  const step = { action: 'DescribePrice', parameters: one.price ?? USUAL_PRICE };
  const outcome = await sendCall(toCall(step, run), run);
  const problem = findMismatch(outcome, { body: { Order: { TradeAmount: '<text>' } } });
  if (problem !== undefined) return `it has no price: ${problem}`;
  const cost = Number(outcome.body.Order.TradeAmount) * countOrdered(one);
  if (cost <= run.maxPrice) return undefined;
  return `it would cost ${cost.toFixed(2)}, and --max-price is ${run.maxPrice}`;
}
