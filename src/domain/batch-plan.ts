import { countSlots } from './batch-request';
import type { BatchRequest, Group } from './batch-request';
import { createCreateBody, hashBody } from './create-body';
import type { FrozenPlan } from './frozen-plan';
import type { HomeChunk } from './home-chunk-state';
import { planHomeChunks, planShards, splitByPlacement, toIdentity } from './plan';
import { toToken } from './token';

/** How a batch would be ordered, counted; its chunks come from {@link listPlannedChunks}. */
export interface BatchPlan {
  readonly slots: number;
  readonly shards: number;
  /** One create call each, when nothing is refused. */
  readonly chunks: number;
  readonly groups: readonly PlannedGroup[];
  /** Calls of a batch to which nothing happens, by action. */
  readonly calls: Readonly<Record<'CreateInstances' | 'DescribeInstances', number>>;
}

/** One group of a plan. */
export interface PlannedGroup {
  readonly name: string;
  readonly slots: number;
  readonly chunks: number;
}

/** One create call as it would be made first: generation 0, epoch 0, best placement. */
export interface PlannedChunk {
  /** Chunk path, such as `sessions/0-89`. */
  readonly chunk: string;
  readonly group: string;
  readonly shard: number;
  readonly slots: number;
  /** Name that its instances share. */
  readonly name: string;
  readonly region: string;
  readonly zone: string;
  /** Class of the instances; null when the group asks for a capacity instead. */
  readonly instanceClass: string | null;
  readonly token: string;
}

/**
 * Counts how a batch would be ordered. A pure function of request and frozen plan; nothing is
 * listed, so that a batch of millions costs the same as one of ten.
 *
 * @param request - the checked request
 * @param frozen - the plan that is, or would be, fixed for the batch id
 */
export function createBatchPlan(request: BatchRequest, frozen: FrozenPlan): BatchPlan {
  const shards = planShards(request, frozen);
  const chunksByGroup = request.groups.map(() => 0);
  const ranges = shards.flatMap((shard) => shard.ranges);
  for (const { group, count } of ranges.flatMap((range) => splitByPlacement(request, range))) {
    chunksByGroup[group] = (chunksByGroup[group] ?? 0) + Math.ceil(count / frozen.chunkSlots);
  }
  const groups = request.groups.map(({ name, count }, index) => ({
    name,
    slots: count,
    chunks: chunksByGroup[index] ?? 0,
  }));
  const chunks = groups.reduce((sum, group) => sum + group.chunks, 0);
  return {
    slots: countSlots(request),
    shards: shards.length,
    chunks,
    groups,
    calls: { CreateInstances: chunks, DescribeInstances: countLooks(request) },
  };
}

/**
 * Lists the create calls of a new batch in their order, one after the other.
 *
 * @param request - the checked request
 * @param frozen - the plan that is, or would be, fixed for the batch id
 */
export function* listPlannedChunks(
  request: BatchRequest,
  frozen: FrozenPlan,
): Generator<PlannedChunk> {
  for (const shard of planShards(request, frozen)) {
    for (const home of planHomeChunks(request, frozen, shard)) {
      const group = request.groups[home.group];
      if (group !== undefined) {
        yield toPlannedChunk({ request, frozen, group, home, shard: shard.index });
      }
    }
  }
}

interface ChunkContext {
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
  readonly group: Group;
  readonly home: HomeChunk;
  readonly shard: number;
}

function toPlannedChunk({ request, frozen, group, home, shard }: ChunkContext): PlannedChunk {
  const path = home.paths[0]!;
  const placement = group.placements[path.placement]!;
  const body = createCreateBody({ group, placement, name: home.name, quantity: path.count });
  return {
    chunk: path.name,
    group: group.name,
    shard,
    slots: path.count,
    name: home.name,
    region: placement.region,
    zone: placement.zone,
    instanceClass: placement.instanceClass ?? group.spec.instanceClass ?? null,
    token: toToken({
      identity: toIdentity(request, frozen),
      generation: 0,
      path: path.name,
      epoch: path.epoch,
      bodyHash: hashBody(body),
    }),
  };
}

/**
 * The fewest looks: a count per place at the start and at the end (rules R2, R9), and the control of
 * each group (rule R12). Waiting adds what it takes until the instances are ready.
 */
function countLooks({ groups }: BatchRequest): number {
  const places = new Set(
    groups.map(({ spec, placements }) => `${placements[0]?.region} ${spec.engine}`),
  );
  return 2 * places.size + groups.length;
}
