/** What a run may cost in all, checked by prices of the service before anything is ordered. */
import { findMismatch } from './expectation.mjs';
import { countOrdered } from './order.mjs';
import { sendCall, toCall } from './send-call.mjs';

/** Of a case that names no price of its own: an instance of the class that most of them order. */
const USUAL_PRICE = {
  ...{ RegionId: '${region}', ZoneId: '${zone}', InstanceClass: '${class}' },
  ...{ OrderType: 'BUY', ChargeType: 'PostPaid' },
};

/**
 * Asks for the price of every case that orders something, and orders nothing.
 *
 * @param {object[]} cases - those that will run
 * @param {object} run - as for runCase, with `clients` and `maxPrice`
 */
export async function createBudget(cases, run) {
  const costs = new Map();
  const prices = new Map();
  for (const one of cases.filter(({ effect }) => effect !== 'read')) {
    const call = toCall({ action: 'DescribePrice', parameters: one.price ?? USUAL_PRICE }, run);
    const key = JSON.stringify(call);
    if (!prices.has(key)) prices.set(key, await askPrice(call, run));
    const { amount, problem } = prices.get(key);
    costs.set(one, { problem, count: countOrdered(one), cost: amount * countOrdered(one) });
  }
  return new Budget(costs, run);
}

/** Price of one instance: DescribePrice takes at most 30, CreateInstances 300. */
async function askPrice(call, run) {
  const outcome = await sendCall(call, run);
  const problem = findMismatch(outcome, { body: { Order: { TradeAmount: '<text>' } } });
  if (problem !== undefined) return { problem: `it has no price: ${problem}` };
  const amount = Number(outcome.body.Order.TradeAmount);
  if (amount >= 0) return { amount };
  return { problem: `it has no price: TradeAmount is ${outcome.body.Order.TradeAmount}` };
}

class Budget {
  #costs;
  #maxPrice;
  #count = 0;
  #total = 0;
  /** What orders have cost that should have been refused. */
  #unplanned = 0;

  constructor(costs, { clients, maxPrice }) {
    this.#costs = costs;
    this.#maxPrice = maxPrice;
    for (const [{ effect }, { problem, count, cost }] of costs) {
      if (effect !== 'buy' || problem !== undefined) continue;
      this.#count += count * clients.length;
      this.#total += cost * clients.length;
    }
  }

  /** The sum, as a sentence. */
  describe() {
    return `to buy: at most ${this.#count} instances for ${this.#sum}; --max-price is ${this.#maxPrice}`;
  }

  /** Undefined: the case may run. Else why not: without a price nothing is ordered. */
  findProblem(one) {
    const { problem, cost } = this.#costs.get(one);
    if (problem !== undefined) return problem;
    const isTooDear = this.#total > this.#maxPrice;
    if (one.effect === 'buy' && isTooDear) {
      return `this run would cost ${this.#sum}, and --max-price is ${this.#maxPrice}`;
    }
    const left = this.#maxPrice - this.#unplanned - (isTooDear ? 0 : this.#total);
    if (one.effect === 'buy' || cost <= left) return undefined;
    return `it would cost ${cost.toFixed(2)}, and ${left.toFixed(2)} of --max-price are left`;
  }

  /** An order was accepted that should have been refused: what it costs is not there for others. */
  noteAccepted(one) {
    if (one.effect !== 'buy') this.#unplanned += this.#costs.get(one).cost;
  }

  get #sum() {
    return `${this.#total.toFixed(2)} in all`;
  }
}
