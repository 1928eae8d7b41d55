import type { BatchRequest } from './batch-request';
import type { FrozenPlan } from './frozen-plan';
import { createHomeChunk, type HomeChunk } from './home-chunk-state';
import { toIdentityCode, type Identity } from './identity';
import { toInstanceName } from './names';

/** Slots of one group, consecutive. */
export interface SlotRange {
  /** Index of the group in the request. */
  readonly group: number;
  readonly from: number;
  readonly count: number;
}

/** A shard's slice of the request: ranges of one region, not a list of slots. */
export interface ShardSlice {
  readonly index: number;
  readonly region: string;
  readonly ranges: readonly SlotRange[];
}

/** The identity of a batch under its frozen plan. */
export function toIdentity(request: BatchRequest, frozen: FrozenPlan): Identity {
  return {
    installationId: frozen.installationId,
    account: frozen.account,
    tenant: request.tenant,
    batchId: request.batchId,
  };
}

/**
 * Cuts a request into shards: each of one region, with at most `shardSlots` slots, and full but for
 * the last one of its region. A pure function of request and plan.
 */
export function planShards(
  request: Pick<BatchRequest, 'groups'>,
  plan: Pick<FrozenPlan, 'shardSlots'>,
): readonly ShardSlice[] {
  const shards: { region: string; ranges: SlotRange[]; free: number }[] = [];
  request.groups.forEach((group, index) => {
    const region = group.placements[0]?.region ?? '';
    let from = 0;
    while (from < group.count) {
      let shard = shards.findLast((candidate) => candidate.region === region);
      if (shard === undefined || shard.free === 0) {
        shard = { region, ranges: [], free: plan.shardSlots };
        shards.push(shard);
      }
      const count = Math.min(shard.free, group.count - from);
      shard.ranges.push({ group: index, from, count });
      shard.free -= count;
      from += count;
    }
  });
  return shards.map(({ region, ranges }, index) => ({ index, region, ranges }));
}

/** Cuts a shard into its home chunks, each of one group and with a name of its own. */
export function planHomeChunks(
  request: BatchRequest,
  frozen: FrozenPlan,
  shard: ShardSlice,
): readonly HomeChunk[] {
  const identityCode = toIdentityCode(toIdentity(request, frozen));
  const homes: HomeChunk[] = [];
  for (const part of shard.ranges.flatMap((range) => splitByPlacement(request, range))) {
    const groupName = request.groups[part.group]?.name ?? '';
    for (let offset = 0; offset < part.count; offset += frozen.chunkSlots) {
      homes.push(
        createHomeChunk({
          index: homes.length,
          group: part.group,
          groupName,
          name: toInstanceName({
            groupName,
            identityCode,
            shard: shard.index,
            chunk: homes.length,
          }),
          from: part.from + offset,
          count: Math.min(frozen.chunkSlots, part.count - offset),
          firstPlacement: part.firstPlacement,
        }),
      );
    }
  }
  return homes;
}

/** Slots of a range that begin with the same placement. */
export interface PlacedRange extends SlotRange {
  readonly firstPlacement: number;
}

/**
 * Cuts a range by the placement that its slots begin with: all by the first one, or evenly over all of
 * them, so that their shares of the group differ by one slot at most.
 */
export function splitByPlacement(
  { groups }: Pick<BatchRequest, 'groups'>,
  range: SlotRange,
): readonly PlacedRange[] {
  const group = groups[range.group];
  if (group?.placementPolicy !== 'spread') return [{ ...range, firstPlacement: 0 }];
  const { count, placements } = group;
  const toStart = (placement: number): number =>
    Math.floor((placement * count) / placements.length);
  return placements
    .map((_placement, firstPlacement) => {
      const from = Math.max(range.from, toStart(firstPlacement));
      const end = Math.min(range.from + range.count, toStart(firstPlacement + 1));
      return { group: range.group, from, count: end - from, firstPlacement };
    })
    .filter((part) => part.count > 0);
}
