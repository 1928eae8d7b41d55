import type { BatchCarry, TallyCarry } from '../contract/carry';
import { NO_LIMITS, type BatchLimits } from '../domain/batch-limits';
import { countSlots, type BatchRequest } from '../domain/batch-request';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import { listPriceBars, type PlacementBar, type PriceAnswers } from '../domain/price-cap';
import { RunTally } from './run-tally';
import { surveyAddresses, surveyPrices } from './survey';

/** What a batch knows of its placements, and how it comes to know it. */
export class BatchSurvey {
  limits: BatchLimits;
  prices: PriceAnswers = [];
  /** Whether prices are being asked again. */
  isAsking = false;
  /** Whether somebody wants prices that are younger than those being asked for. */
  private isWanted = false;
  private readonly tally = new RunTally();

  constructor(
    private readonly request: BatchRequest,
    carry: Pick<BatchCarry, 'limits' | 'tally'> | null,
  ) {
    // Until a price is known, nothing is bought under its cap.
    this.limits = carry?.limits ?? { ...NO_LIMITS, bars: listPriceBars(request, []) };
    if (carry?.tally !== undefined) this.tally.addTally(carry.tally);
  }

  /** Calls that it has made. */
  toTally(): TallyCarry {
    return this.tally.toSums();
  }

  /** Asks for the prices that decide something; most requests name none. */
  async askPrices(frozen: FrozenPlan): Promise<void> {
    const { request, tally } = this;
    this.prices = await surveyPrices({ request, frozen, tally });
    this.limits = { ...this.limits, bars: listPriceBars(request, this.prices) };
  }

  /**
   * Asks again for prices that barred something. Whoever mends something while a question is on its way
   * wants another one: its answer may be older than the mending.
   *
   * @returns what is barred now; null when nothing was, or when they are being asked for, and the one
   *   who asks will hear it
   */
  async askAgain(frozen: FrozenPlan): Promise<readonly PlacementBar[] | null> {
    if (this.limits.bars.length === 0) return null;
    this.isWanted = true;
    if (this.isAsking) return null;
    this.isAsking = true;
    try {
      while (this.isWanted && this.limits.bars.length > 0) {
        this.isWanted = false;
        await this.askPrices(frozen);
      }
    } finally {
      this.isAsking = false;
    }
    return this.limits.bars;
  }

  /** Asks for free addresses, where that may save calls: a single instance is simply ordered. */
  async askAddresses(
    frozen: FrozenPlan,
    { isAddressCounted = false, soldOutMemoryMs }: Tuning,
  ): Promise<void> {
    const { request, tally } = this;
    if (!isAddressCounted || soldOutMemoryMs === 0 || countSlots(request) === 1) return;
    const addresses = await surveyAddresses({ request, frozen, tally }, this.limits.bars);
    this.limits = { ...this.limits, addresses, untilMs: Date.now() + soldOutMemoryMs };
  }
}
