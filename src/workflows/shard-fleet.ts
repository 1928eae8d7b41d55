import { workflowInfo } from '@temporalio/workflow';
import type { RunnerCarry } from '../contract/carry';
import { isOfSameSlots } from '../contract/check-shard-message';
import { CHUNKS_IN_FLIGHT_MAX } from '../contract/messages';
import type { ShardAction } from '../contract/shard-messages';
import type { ShardReport } from '../contract/shard-report';
import { splitLimits, type BatchLimits, type ShardLimits } from '../domain/batch-limits';
import { countSlots } from '../domain/batch-request';
import type { Tuning } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import { planShards, type ShardSlice } from '../domain/plan';
import type { Refusal } from '../domain/refusal';
import type { ChunkContext } from './chunk-input';
import { ChildShard } from './child-shard';
import { InPlaceShard } from './in-place-shard';
import { isEndedBeforeItsTime } from './shard-report';
import { ShardStarts } from './shard-starts';
import type { ShardRunner } from './shard-runner';

/** Rows of parked chunks that all shards show together, and the least that each of them shows. */
const PARKED_ROWS_MAX = 500;
const PARKED_ROWS_MIN = 5;

/** What a fleet is made of. */
export interface FleetOptions {
  readonly context: ChunkContext;
  readonly tuning: Tuning;
  /** What an operator has set for each shard; null: as tuned. */
  readonly getChunksInFlight: () => number | null;
  readonly getDeadlineAtMs: () => number;
  /** What is known of the placements by the time the shards begin. */
  readonly getLimits: () => BatchLimits;
  /** Left by the run before this one, a runner for each shard. */
  readonly carry: readonly RunnerCarry[] | null;
  /** Retries that earlier runs have ordered. */
  readonly round: number;
  readonly isPaused: () => boolean;
  /** What unfinished paths become, once the batch ends. */
  readonly getEnding: () => Ending | null;
  readonly onChange: () => void;
  /** Tells the batch's log of a shard that had to be started again. */
  readonly onRestart: (shard: number) => void;
}

/**
 * All shards of a batch. A batch that fits one shard runs within its own workflow; a larger one has a
 * workflow for each shard.
 */
export class ShardFleet {
  readonly runners: readonly ShardRunner[];
  private readonly children = new Map<number, ChildShard>();
  private readonly starts: ShardStarts;
  private readonly slices: readonly ShardSlice[];
  private limits: { readonly of: BatchLimits; readonly shards: readonly ShardLimits[] } | null =
    null;
  private readonly isInPlace: boolean;
  private isBegun = false;
  /** Whether all were told of a problem of the whole account that one shard has met. */
  private isHoldShared = false;
  /** Retries that were ordered so far. */
  round: number;

  constructor(private readonly options: FleetOptions) {
    const { context, tuning } = options;
    this.round = options.round;
    const slices = planShards(context.request, context.frozen);
    this.slices = slices;
    this.isInPlace = countSlots(context.request) <= context.frozen.shardSlots;
    this.runners = slices.map((slice) =>
      this.isInPlace ? this.createInPlace(slice) : this.createChild(slice),
    );
    this.starts = new ShardStarts(
      this.runners.map((runner, index) => ({ runner, region: slices[index]?.region ?? '' })),
      this.isInPlace ? this.runners.length : tuning.shardsAtOnce,
    );
  }

  /** Goes on with what was begun, and starts what may be started; the rest follows by itself. */
  begin(): void {
    this.isBegun = true;
    for (const runner of this.runners) runner.goOn();
    this.start();
  }

  /**
   * A shard that is ended before it has begun begins nevertheless: an earlier run may have bought for
   * it, and only the shard itself accounts for that (rule R9).
   */
  private start(): void {
    // What is ordered before, say while a person is to approve the batch, begins nothing.
    if (!this.isBegun) return;
    const isHeld = this.options.isPaused() || this.hold !== null;
    if (isHeld && this.options.getEnding() === null) return;
    this.starts.startMore();
  }

  get reports(): readonly ShardReport[] {
    return this.runners.map((runner) => runner.report);
  }

  get isDone(): boolean {
    return this.reports.every((report) => report.stage === 'done');
  }

  get failure(): unknown {
    return this.runners.find((runner) => runner.failure !== undefined)?.failure;
  }

  get isDrainable(): boolean {
    return !this.isDone && this.runners.every((runner) => runner.isDrainable);
  }

  async drain(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.drain()));
  }

  get isDrained(): boolean {
    return this.runners.every((runner) => runner.isDrained);
  }

  toCarry(): readonly RunnerCarry[] {
    return this.runners.map((runner) => runner.toCarry());
  }

  act(action: ShardAction): void {
    if (action.type === 'retry') {
      this.round += 1;
      this.isHoldShared = false;
    }
    const order = { action: this.withinShare(action), round: this.round };
    for (const runner of this.runners) {
      if (runner.report.stage !== 'done') runner.act(order);
    }
    this.changed();
  }

  /** Takes the report of a shard that is a workflow of its own. */
  take(report: ShardReport): void {
    const child = this.children.get(report.shard);
    if (child === undefined || !isOfSameSlots(report, child.report)) return;
    child.take(report);
    const isToGoOn = this.options.getEnding() === null;
    if (isToGoOn && isEndedBeforeItsTime(report)) this.restart(child);
  }

  /** Workflow ids of the shards that should be running elsewhere. */
  listRunning(): readonly string[] {
    return [...this.children.values()]
      .filter(({ isLaunched, report }) => isLaunched && report.stage !== 'done')
      .map(({ workflowId }) => workflowId);
  }

  /** Starts again what has ended without a word: somebody has terminated it. */
  revive(workflowIds: readonly string[]): void {
    for (const child of this.children.values()) {
      const isLost = child.isLaunched && child.report.stage !== 'done';
      if (isLost && workflowIds.includes(child.workflowId)) this.restart(child);
    }
  }

  /** Calls of one shard in flight: shards in place share what their workflow may have. */
  private get share(): number {
    if (!this.isInPlace) return CHUNKS_IN_FLIGHT_MAX;
    return Math.max(1, Math.floor(CHUNKS_IN_FLIGHT_MAX / this.slices.length));
  }

  private withinShare(action: ShardAction): ShardAction {
    if (action.type !== 'concurrency') return action;
    return { ...action, chunksInFlight: Math.min(action.chunksInFlight, this.share) };
  }

  private get tuning(): Tuning {
    const { tuning, getChunksInFlight } = this.options;
    return { ...tuning, chunksInFlight: getChunksInFlight() ?? tuning.chunksInFlight };
  }

  /** Dealt out once: the addresses of all shards together are what there is. */
  private getLimits({ index }: ShardSlice): ShardLimits {
    const of = this.options.getLimits();
    if (this.limits?.of !== of) {
      const { request } = this.options.context;
      this.limits = { of, shards: splitLimits(request, this.slices, of) };
    }
    return this.limits.shards[index] ?? { bars: of.bars, pools: [] };
  }

  private restart(child: ChildShard): void {
    this.options.onRestart(child.report.shard);
    child.start();
  }

  private changed(): void {
    this.shareHold();
    this.start();
    this.options.onChange();
  }

  /** What was met before the last retry may be mended, so it holds back nobody else. */
  private get hold(): Refusal | null {
    const isNews = ({ round }: ShardReport): boolean => round === this.round;
    return this.reports.filter(isNews).find(({ hold }) => hold !== null)?.hold ?? null;
  }

  /** Nobody else needs to run into what concerns the whole account. */
  private shareHold(): void {
    const refusal = this.hold;
    if (refusal === null || this.isHoldShared) return;
    this.isHoldShared = true;
    for (const runner of this.runners) {
      const { stage, hold } = runner.report;
      const action: ShardAction = { type: 'hold', refusal };
      if (stage !== 'done' && hold === null) runner.act({ action, round: this.round });
    }
  }

  private createInPlace(slice: ShardSlice): InPlaceShard {
    const { context, carry } = this.options;
    const { tuning } = this;
    const own = carry?.[slice.index];
    return new InPlaceShard({
      context,
      slice,
      tuning: { ...tuning, chunksInFlight: Math.min(tuning.chunksInFlight, this.share) },
      parkedRowsMax: PARKED_ROWS_MAX,
      round: this.options.round,
      carry: own?.kind === 'inPlace' ? own : null,
      getLimits: () => this.getLimits(slice),
      onChange: () => this.changed(),
    });
  }

  private createChild(slice: ShardSlice): ChildShard {
    const { context, carry, getDeadlineAtMs, isPaused, getEnding } = this.options;
    const own = carry?.[slice.index];
    const child = new ChildShard({
      toInput: () => ({
        batch: workflowInfo().workflowId,
        ...context,
        tuning: this.tuning,
        slice,
        parkedRowsMax: Math.max(PARKED_ROWS_MIN, Math.floor(PARKED_ROWS_MAX / this.slices.length)),
        deadlineAtMs: getDeadlineAtMs(),
        isPaused: isPaused(),
        ending: getEnding(),
        round: this.round,
        limits: this.getLimits(slice),
        carry: null,
      }),
      carry: own?.kind === 'child' ? own : null,
      onChange: () => this.changed(),
    });
    this.children.set(slice.index, child);
    return child;
  }
}
