import { splitLimits, type ShardLimits } from '../../src/domain/batch-limits';
import { planShards } from '../../src/domain/plan';
import type { GroupPlace } from '../../src/domain/address-pool';
import type { PlacementBar } from '../../src/domain/price-cap';
import { SHARD_RULES, type BatchPlan } from './batch-plan';
import type { Chance } from './chance';
import type { World } from './world';

/** What a batch may meet in its placements. */
export interface DrawnLimits {
  /** Free addresses of each placement's vSwitch, as the cloud tells them; empty: it was not asked. */
  readonly told: readonly number[];
  /** How many there are: others take some, or give some back. */
  readonly free: readonly number[];
  /** Where an instance costs more than its cap; null: nothing has a cap. */
  readonly tooDear: readonly GroupPlace[] | null;
}

/** Plenty of everything, at any price. */
export const NO_DRAWN_LIMITS: DrawnLimits = { told: [], free: [], tooDear: null };

/** Prices and free addresses: what a batch asks before it buys, and again later. */
export class MarketModel {
  /** What is not bought at the moment, since it is too dear. */
  bars: readonly PlacementBar[];

  constructor(
    private readonly world: World,
    private readonly plan: BatchPlan,
  ) {
    this.bars = (plan.limits.tooDear ?? []).map(toBar);
  }

  /** What the one shard of the batch is told when it begins; null when there is nothing to tell. */
  survey(): ShardLimits | null {
    const { request, frozen, limits } = this.plan;
    if (limits.told.length === 0 && limits.tooDear === null) return null;
    const addresses = limits.told.map((free, rank) => ({ vSwitchId: `vsw-${rank}`, free }));
    const untilMs = this.world.clock.nowMs + SHARD_RULES.soldOutMemoryMs;
    const slices = planShards(request, frozen);
    return splitLimits(request, slices, { bars: this.bars, addresses, untilMs })[0]!;
  }

  /** Whether a price can be too high at all. */
  get isCapped(): boolean {
    return this.plan.limits.tooDear !== null;
  }

  /** Prices rise and fall. */
  change(): void {
    const { random } = this.world;
    if (this.isCapped) this.bars = drawTooDear(random, this.plan.request.groups).map(toBar);
  }

  /** From now on nothing is too dear. */
  fall(): void {
    this.bars = [];
  }
}

/** Draws what half of all batches meet: few addresses, caps, or both. */
export function drawLimits(chance: Chance, groups: BatchPlan['request']['groups']): DrawnLimits {
  const slots = groups.reduce((sum, { count }) => sum + count, 0);
  const ranks = groups[0]!.placements;
  const isCounted = chance.isHit(0.3, 'limits');
  const told = isCounted ? ranks.map(() => chance.between(0, slots, 'limits')) : [];
  const free = told.map((count) => Math.max(0, count + chance.pick([0, 0, -1, 1], 'limits')));
  const isCapped = chance.isHit(0.3, 'limits');
  return { told, free, tooDear: isCapped ? drawTooDear(chance, groups) : null };
}

function drawTooDear(
  chance: Chance,
  groups: BatchPlan['request']['groups'],
): readonly GroupPlace[] {
  return groups
    .flatMap(({ placements }, group) => placements.map((_, placement) => ({ group, placement })))
    .filter(() => chance.isHit(0.5, 'limits'));
}

function toBar(place: GroupPlace): PlacementBar {
  return { ...place, refusal: { class: 'invalid', code: 'price-above-cap', message: 'too dear' } };
}
