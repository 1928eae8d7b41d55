import type { AddressPool } from './address-pool';
import type { BatchRequest } from './batch-request';
import { splitByPlacement, type ShardSlice } from './plan';
import type { PlacementBar } from './price-cap';

/** Free addresses of the vSwitches that are known, by vSwitch id. */
export type FreeAddresses = ReadonlyMap<string, number>;

/** Slots that take their addresses from these vSwitches, in this order. */
export interface AddressDemand {
  readonly slots: number;
  readonly vSwitchIds: readonly string[];
}

/** How the free addresses are dealt out. */
export interface AddressDealOptions {
  readonly free: FreeAddresses;
  /** Placements that take none. */
  readonly bars: readonly PlacementBar[];
  /** When the shards forget it, ms since the epoch. */
  readonly untilMs: number;
}

/** What a slice of a batch wants, part by part. */
export function listAddressDemands(
  request: Pick<BatchRequest, 'groups'>,
  { ranges }: Pick<ShardSlice, 'ranges'>,
  bars: readonly PlacementBar[],
): readonly AddressDemand[] {
  return ranges
    .flatMap((range) => splitByPlacement(request, range))
    .map(({ group, count, firstPlacement }) => {
      const ranks = request.groups[group]!.placements.map(({ vSwitchId }, rank) => ({
        vSwitchId,
        rank,
      }));
      const inOrder = [...ranks.slice(firstPlacement), ...ranks.slice(0, firstPlacement)];
      const usable = inOrder.filter(
        ({ rank }) => !bars.some((bar) => bar.group === group && bar.placement === rank),
      );
      return { slots: count, vSwitchIds: usable.map(({ vSwitchId }) => vSwitchId) };
    });
}

/**
 * Takes addresses in the order in which slots use them up. A vSwitch of which nothing is known takes
 * all that comes to it.
 *
 * @param demands - first come, first served
 * @param left - what is left; it gets less
 * @returns what was taken, by vSwitch
 */
export function takeAddresses(
  demands: readonly AddressDemand[],
  left: Map<string, number>,
): FreeAddresses {
  const taken = new Map<string, number>();
  for (const { slots, vSwitchIds } of demands) {
    let wanted = slots;
    for (const vSwitchId of vSwitchIds) {
      const free = left.get(vSwitchId);
      if (free === undefined || wanted === 0) break;
      const count = Math.min(wanted, free);
      left.set(vSwitchId, free - count);
      taken.set(vSwitchId, (taken.get(vSwitchId) ?? 0) + count);
      wanted -= count;
    }
  }
  return taken;
}

/**
 * Deals the free addresses out to the shards of a batch, so that no two of them reckon with the same
 * ones: what each wants, in their order, and of the rest a share by its slots, for when a zone is sold out.
 *
 * @param request - the checked request
 * @param slices - all shards of the batch
 * @param options - what is free
 * @returns for each shard the pools in which it may run short; none where there is plenty
 */
export function dealAddresses(
  request: Pick<BatchRequest, 'groups'>,
  slices: readonly ShardSlice[],
  { free, bars, untilMs }: AddressDealOptions,
): readonly (readonly AddressPool[])[] {
  const left = new Map(free);
  const taken = slices.map((slice) =>
    takeAddresses(listAddressDemands(request, slice, bars), left),
  );
  return slices.map((slice, index) => {
    const share = countAll(slice) / countAll(...slices.filter(isOfRegion(slice.region)));
    return [...free.keys()].flatMap((vSwitchId): readonly AddressPool[] => {
      const places = listPlaces(request, slice, vSwitchId);
      const rest = Math.floor((left.get(vSwitchId) ?? 0) * share);
      const own = (taken[index]?.get(vSwitchId) ?? 0) + rest;
      const isPlenty = own >= countAll(slice);
      return places.length === 0 || isPlenty ? [] : [{ vSwitchId, places, free: own, untilMs }];
    });
  });
}

function listPlaces(
  { groups }: Pick<BatchRequest, 'groups'>,
  { ranges }: ShardSlice,
  vSwitchId: string,
): AddressPool['places'] {
  const own = [...new Set(ranges.map(({ group }) => group))];
  return own.flatMap((group) =>
    groups[group]!.placements.flatMap((placement, rank) =>
      placement.vSwitchId === vSwitchId ? [{ group, placement: rank }] : [],
    ),
  );
}

function countAll(...slices: readonly ShardSlice[]): number {
  return slices.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
}

function isOfRegion(wanted: string): (slice: ShardSlice) => boolean {
  return ({ region }) => region === wanted;
}
