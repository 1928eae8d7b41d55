import type { OwnedPath, SearchPlace } from '../contract/activity-types';
import type { Tuning } from '../domain/frozen-plan';
import { listIgnoredIds, listOwnedIds, type FailedInstance } from '../domain/home-chunk-state';
import { planShards } from '../domain/plan';
import {
  addCounts,
  NO_SLOTS,
  type GateView,
  type ParkedChunk,
  type SlotCounts,
} from '../domain/progress';
import type { Proof, Unsettled } from '../domain/proof';
import type { ShardEvent } from '../domain/shard-event';
import { countShard, listParked } from '../domain/shard-progress';
import { isInNeed, listPaths, wasEverOpen, type Shard } from '../domain/shard-state';
import { getGroup, getPlacement, type ChunkContext } from './chunk-input';
import type { RunTally } from './run-tally';
import { InPlaceShard, type ShardRunner } from './shard-runner';

/** Activities that one workflow may have in flight before the server's buffers overflow. */
const IN_FLIGHT_MAX = 40;

/** What a fleet is made of. */
export interface FleetOptions {
  readonly context: ChunkContext;
  readonly tuning: Tuning;
  readonly tally: RunTally;
  readonly onChange: () => void;
}

/** All shards of a batch, seen as one. */
export class BatchFleet {
  private readonly runners: readonly ShardRunner[];

  constructor(private readonly options: FleetOptions) {
    const { context, tuning } = options;
    const slices = planShards(context.request, context.frozen);
    const share = Math.max(1, Math.floor(IN_FLIGHT_MAX / slices.length));
    const chunksInFlight = Math.min(tuning.chunksInFlight, share);
    this.runners = slices.map(
      (slice) => new InPlaceShard({ ...options, slice, tuning: { ...tuning, chunksInFlight } }),
    );
  }

  /** Takes what `prove` found: the proof, or that everything settles first (rule R2). */
  takeProof(answer: { readonly proof: Proof } | Unsettled): void {
    if ('proof' in answer) for (const runner of this.runners) runner.adoptProof(answer.proof);
    else this.dispatch({ type: 'doubt', since: answer.since, waitMs: answer.waitMs });
  }

  dispatch(event: ShardEvent): void {
    for (const runner of this.runners) runner.dispatch(event);
  }

  /** What the closing look no longer found is not ready, whatever was seen before. */
  markMissing(missing: readonly string[]): void {
    const gone = new Set(missing);
    for (const runner of this.runners) {
      for (const home of runner.shard.homes) {
        const known = new Set(home.failed.map(({ id }) => id));
        const ids = listOwnedIds(home).filter((id) => gone.has(id) && !known.has(id));
        if (ids.length === 0) continue;
        const failed = ids.map((id) => ({ id, status: 'missing' }));
        const readyCount = -ids.length;
        runner.dispatch({ type: 'readiness', home: home.index, readyCount, failed });
      }
    }
  }

  get isDone(): boolean {
    return this.runners.every((runner) => runner.isDone);
  }

  get failure(): unknown {
    return this.runners.find((runner) => runner.failure !== undefined)?.failure;
  }

  get needsOperator(): boolean {
    return this.shards.some(isInNeed);
  }

  get isClean(): boolean {
    return !this.shards.some(wasEverOpen);
  }

  get hold(): Shard['hold'] {
    return this.shards.find((shard) => shard.hold !== null)?.hold ?? null;
  }

  get gate(): GateView | null {
    const gate = this.shards.flatMap((shard) => shard.gates)[0];
    if (gate === undefined) return null;
    const { cause, refusal, sinceMs, nextProbeAtMs, probes } = gate;
    return { cause, code: refusal.code, sinceMs, nextProbeAtMs, probes };
  }

  get parked(): readonly ParkedChunk[] {
    return this.shards.flatMap(listParked);
  }

  /** Counts of the batch, and of each group. */
  count(): { counts: SlotCounts; groups: { name: string; counts: SlotCounts }[] } {
    const { groups } = this.options.context.request;
    const byShard = this.shards.map((shard) => countShard(shard, groups.length));
    return {
      counts: byShard.map(({ counts }) => counts).reduce(addCounts, NO_SLOTS),
      groups: groups.map(({ name }, index) => ({
        name,
        counts: byShard.map((each) => each.groups[index] ?? NO_SLOTS).reduce(addCounts, NO_SLOTS),
      })),
    };
  }

  /** The distinct proofs that paths carry: the audit looks whether one is stale. */
  listProofs(): readonly Proof[] {
    const byRun = new Map<string, Proof>();
    for (const { path } of this.shards.flatMap(listPaths)) {
      if (path.proof !== null) byRun.set(path.proof.runId, path.proof);
    }
    return [...byRun.values()];
  }

  /** Every id that a slot owns or owned before it was replaced: what the audit must not wonder at. */
  listKnownIds(): readonly string[] {
    return this.shards.flatMap((shard) => shard.homes.flatMap(listIgnoredIds));
  }

  listFailed(): readonly FailedInstance[] {
    return this.shards.flatMap((shard) => shard.homes.flatMap((home) => home.failed));
  }

  /** Every path with the instances that stand for its slots. */
  listOwnedPaths(): readonly OwnedPath[] {
    const { request } = this.options.context;
    return this.shards.flatMap(listPaths).flatMap(({ home, path }) => {
      const group = getGroup(request, home.group);
      const { region } = getPlacement(group, path.placement);
      const replaced = new Set(home.replacedIds);
      const ids = path.ids.filter((id) => !replaced.has(id));
      if (ids.length === 0) return [];
      return [{ group: group.name, from: path.from, name: home.name, region, ids }];
    });
  }

  /** Where to search for the batch's instances: each region and engine once. */
  static listPlaces({ request }: ChunkContext): readonly SearchPlace[] {
    const places = new Map<string, SearchPlace>();
    for (const group of request.groups) {
      const place = { region: getPlacement(group, 0).region, engine: group.spec.engine };
      places.set(`${place.region}/${place.engine}`, place);
    }
    return [...places.values()];
  }

  private get shards(): readonly Shard[] {
    return this.runners.map((runner) => runner.shard);
  }
}
