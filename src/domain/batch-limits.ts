import { dealAddresses } from './address-deal';
import type { AddressPool } from './address-pool';
import { withBars } from './barred-placements';
import type { BatchRequest } from './batch-request';
import type { ShardSlice } from './plan';
import type { PlacementBar } from './price-cap';
import type { Shard } from './shard-state';

/** What a batch has learned about its placements before it bought anything. */
export interface BatchLimits {
  readonly bars: readonly PlacementBar[];
  /** Free addresses of the vSwitches that are known. */
  readonly addresses: readonly { readonly vSwitchId: string; readonly free: number }[];
  /** When the addresses are forgotten, ms since the epoch. */
  readonly untilMs: number;
}

/** What of it concerns one shard. */
export interface ShardLimits {
  readonly bars: readonly PlacementBar[];
  readonly pools: readonly AddressPool[];
}

/** Nothing is known, so everything may be tried. */
export const NO_LIMITS: BatchLimits = { bars: [], addresses: [], untilMs: 0 };

/** What of a batch's limits each of its shards has. */
export function splitLimits(
  request: Pick<BatchRequest, 'groups'>,
  slices: readonly ShardSlice[],
  { bars, addresses, untilMs }: BatchLimits,
): readonly ShardLimits[] {
  const free = new Map(addresses.map(({ vSwitchId, free: count }) => [vSwitchId, count]));
  const pools = dealAddresses(request, slices, { free, bars, untilMs });
  return slices.map((_slice, index) => ({ bars, pools: pools[index] ?? [] }));
}

/** Gives a shard that has not begun its limits. */
export function withLimits(shard: Shard, { bars, pools }: ShardLimits): Shard {
  const barred = withBars(shard, bars);
  return pools.length === 0 ? barred : { ...barred, pools };
}
