import { createCreateBody, hashBody } from '../../src/domain/create-body';
import type { BatchRequest, Group } from '../../src/domain/batch-request';
import type { FrozenPlan } from '../../src/domain/frozen-plan';
import type { ChunkPath, HomeChunk } from '../../src/domain/home-chunk-state';
import { toIdentity, planHomeChunks, planShards } from '../../src/domain/plan';
import { createShard, type Shard, type ShardRules } from '../../src/domain/shard-state';
import { toToken } from '../../src/domain/token';
import type { CreateCall } from './cloud-model';
import type { Chance } from './chance';
import { drawLimits, NO_DRAWN_LIMITS, type DrawnLimits } from './market-model';

/** What one run of the simulator orders. */
export interface BatchPlan {
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
  readonly slots: number;
  /** The shard before anything was sent. */
  readonly shard: Shard;
  /** How often a slot is bought again whose instance has ended in Error. */
  readonly replacementsMax: number;
  /** What it may not use, and runs short of. */
  readonly limits: DrawnLimits;
}

/** The numbers of every simulated shard, before its request says how often it replaces. */
export const SHARD_RULES: ShardRules = {
  chunksInFlight: 4,
  transientRoundsMax: 2,
  settleRoundsMax: 3,
  roundBackOffMinMs: 1_000,
  roundBackOffMaxMs: 30_000,
  gateBackOffMinMs: 60_000,
  gateBackOffMaxMs: 600_000,
  soldOutMemoryMs: 300_000,
  replacementsMax: 0,
};

/**
 * Draws a small batch: one to three home chunks of one to four slots, in one or two groups.
 *
 * @param chance - the run's source of chance
 * @param slots - orders one chunk of so many slots instead
 */
export function createBatchPlan(chance: Chance, slots?: number): BatchPlan {
  const drawn = chance.between(1, 4);
  const counts = chance.pick([[drawn], [drawn], [drawn + 1], [drawn, 1]]);
  const placements = chance.between(1, 2);
  const replacementsMax = chance.pick([0, 0, 0, 1, 1, 2, 5, 5, 5, 5]);
  const plan =
    slots === undefined
      ? toBatchPlan({ chunkSlots: drawn, counts, placements, replacementsMax })
      : toBatchPlan({ chunkSlots: slots, counts: [slots], placements, replacementsMax });
  // Too many to be kept: they are no part of what is built once.
  return { ...plan, limits: drawLimits(chance, plan.request.groups) };
}

/** What is drawn of a batch. */
export interface BatchSize {
  readonly chunkSlots: number;
  /** Slots of each group. */
  readonly counts: readonly number[];
  readonly placements: number;
  readonly replacementsMax: number;
}

/** Builds the batch of this size; the same objects for the same size, since nothing in them changes. */
export function toBatchPlan(size: BatchSize): BatchPlan {
  const key = JSON.stringify(size);
  const known = PLANS.get(key);
  if (known !== undefined) return known;
  const plan = createPlan(size);
  PLANS.set(key, plan);
  return plan;
}

const PLANS = new Map<string, BatchPlan>();

function createPlan({ chunkSlots, counts, placements, replacementsMax }: BatchSize): BatchPlan {
  const groups = counts.map((count, index) => createGroup(`g${index}`, count, placements));
  const request = { ...REQUEST, groups };
  const slots = counts.reduce((sum, count) => sum + count, 0);
  const frozen = { ...FROZEN, chunkSlots };
  const shard = createPlannedShard(request, frozen);
  return { request, frozen, slots, shard, replacementsMax, limits: NO_DRAWN_LIMITS };
}

/** The same request, cut in another way: what a changed configuration would do to a second run. */
export function withOtherChunks(plan: BatchPlan): BatchPlan {
  const frozen = { ...plan.frozen, chunkSlots: plan.frozen.chunkSlots === 1 ? 2 : 1 };
  return { ...plan, frozen, shard: createPlannedShard(plan.request, frozen) };
}

function createPlannedShard(request: BatchRequest, frozen: FrozenPlan): Shard {
  const [slice] = planShards(request, frozen);
  const homes = planHomeChunks(request, frozen, slice!);
  const placementCounts = request.groups.map((group) => group.placements.length);
  return createShard(homes, placementCounts, SHARD_RULES);
}

/** The call of a path, as it is frozen when its create is scheduled. */
export function toCreateCall(
  plan: BatchPlan,
  { home, path, generation }: { home: HomeChunk; path: ChunkPath; generation: number },
  isBodyInToken: boolean,
): CreateCall {
  const { placement, epoch, count: quantity } = path;
  const key = [home.name, path.name, placement, epoch, generation, quantity, isBodyInToken].join();
  const known = CALLS.get(key);
  if (known !== undefined) return known;
  const group = plan.request.groups[home.group]!;
  const body = createCreateBody({
    group,
    placement: group.placements[placement]!,
    name: home.name,
    quantity,
  });
  const bodyHash = hashBody(body);
  const token = toToken({
    identity: toIdentity(plan.request, plan.frozen),
    generation,
    path: path.name,
    epoch,
    bodyHash: isBodyInToken ? bodyHash : '',
  });
  const call = { token, bodyHash, name: home.name, quantity, group: home.group, placement };
  CALLS.set(key, call);
  return call;
}

/** Tokens are pure, and the runs are small: most calls were built before. */
const CALLS = new Map<string, CreateCall>();

const REQUEST: BatchRequest = {
  apiVersion: 'tairfleet/v1',
  batchId: 'simulated',
  tenant: 'default',
  groups: [],
  policy: { minReadyShare: 1, readyDeadlineMs: 1_800_000, deadlineMs: 86_400_000 },
  notify: [],
};

const FROZEN: FrozenPlan = {
  installationId: 'simulator',
  account: 'main',
  chunkSlots: 1,
  shardSlots: 100,
  naming: 'shared',
  requestHash: '',
};

function createGroup(name: string, count: number, placements: number): Group {
  return {
    name,
    count,
    spec: {
      instanceClass: 'redis.master.small.default',
      engine: 'Redis',
      engineVersion: '5.0',
      chargeType: 'PostPaid',
      autoPay: true,
      autoRenew: false,
      nodeType: 'MASTER_SLAVE',
      rebuildInstance: false,
    },
    placements: Array.from({ length: placements }, (_, index) => ({
      region: 'r1',
      zone: `r1-${index}`,
      vpcId: 'vpc-1',
      vSwitchId: `vsw-${index}`,
    })),
  };
}
