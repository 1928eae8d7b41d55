import type { AddressPool, GroupPlace } from './address-pool';
import { NO_ADDRESSES_CODE } from './error-codes/no-addresses';
import type { PathPhase } from './home-chunk-state';
import type { Refusal } from './refusal';
import { listPaths, type PathPlace, type Shard } from './shard-state';

/**
 * What a shard knows about the free addresses of the vSwitches that it buys in. What is in flight or
 * owned has its addresses reserved, by the state itself: nothing is kept that could go astray. It only
 * ever saves calls: a probe of a gate does not heed it, and after a while it is forgotten.
 */

const HOLDING: ReadonlySet<PathPhase> = new Set(['creating', 'settling', 'backingOff', 'owned']);

/** What is left in each pool, within one event. */
export class AddressRoom {
  private readonly left: Map<AddressPool, number>;

  constructor({ pools = [], ...shard }: Shard, nowMs: number) {
    this.left = new Map(
      pools.filter(({ untilMs }) => untilMs > nowMs).map((pool) => [pool, pool.free]),
    );
    if (this.left.size === 0) return;
    for (const { home, path } of listPaths(shard)) {
      if (HOLDING.has(path.phase)) {
        this.take({ group: home.group, placement: path.placement }, path.count);
      }
    }
  }

  /** Whether nothing is known, so that nothing is in short supply. */
  get isUnknown(): boolean {
    return this.left.size === 0;
  }

  /** How many fit; infinite where nothing is known, negative where more was taken than there was. */
  countAt(place: GroupPlace): number {
    const pool = this.find(place);
    return pool === undefined ? Infinity : (this.left.get(pool) ?? 0);
  }

  take(place: GroupPlace, count: number): void {
    const pool = this.find(place);
    if (pool !== undefined) this.left.set(pool, (this.left.get(pool) ?? 0) - count);
  }

  /** Ranks of a group's placements that have none left. */
  listFull(group: number): readonly number[] {
    return [...this.left]
      .filter(([, left]) => left <= 0)
      .flatMap(([{ places }]) => places)
      .filter((place) => place.group === group)
      .map(({ placement }) => placement);
  }

  /** Why nothing is sent to a placement without addresses. */
  toRefusal(place: GroupPlace): Refusal {
    const pool = this.find(place);
    const message =
      `vSwitch ${pool?.vSwitchId ?? ''} had ${pool?.free ?? 0} free addresses for this batch, and ` +
      'they are taken; nothing was sent';
    return { class: 'capacity', code: NO_ADDRESSES_CODE, message };
  }

  private find({ group, placement }: GroupPlace): AddressPool | undefined {
    return [...this.left.keys()].find(({ places }) =>
      places.some((place) => place.group === group && place.placement === placement),
    );
  }
}

/** Forgets a pool of which more was bought than it had: it is not what it was. */
export function withoutOverdrawn(shard: Shard, { home, path }: PathPlace, nowMs: number): Shard {
  const bought = shard.homes[home];
  const placement = bought?.paths.find(({ name }) => name === path)?.placement;
  if (shard.pools === undefined || bought === undefined || placement === undefined) return shard;
  const { group } = bought;
  if (new AddressRoom(shard, nowMs).countAt({ group, placement }) >= 0) return shard;
  const isOther = ({ places }: AddressPool): boolean =>
    !places.some((place) => place.group === group && place.placement === placement);
  return { ...shard, pools: shard.pools.filter(isOther) };
}
