import { condition } from '@temporalio/workflow';
import type { BatchCarry } from '../contract/carry';
import type { BatchLimits } from '../domain/batch-limits';
import type { Tuning } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import { waitActivities } from './activity-options';
import type { BatchLog } from './batch-log';
import type { ChunkContext } from './chunk-input';
import { isHistoryLong } from './history-length';
import { ShardFleet } from './shard-fleet';

const OVERDUE: Ending = { as: 'parked', refusal: { class: 'unknown', code: 'batch-deadline' } };

/** What the provisioning of a batch is made of. */
export interface ProvisioningOptions {
  readonly context: ChunkContext;
  readonly tuning: Tuning;
  /** What an operator has set for each shard; null: as tuned. */
  readonly getChunksInFlight: () => number | null;
  /** When the batch ends at the latest, ms since the epoch; an operator may move it. */
  readonly getDeadlineAtMs: () => number;
  /** What is known of the placements by the time the shards begin. */
  readonly getLimits: () => BatchLimits;
  /** Whether an order is under way that the shards are still to hear of. */
  readonly isBusy: () => boolean;
  /** Left by the run before this one. */
  readonly carry: BatchCarry | null;
  readonly log: BatchLog;
  readonly isPaused: () => boolean;
  readonly getCancellation: () => Ending | null;
  readonly onChange: () => void;
}

/** The part of a batch's life in which its shards buy: until all are done, or the next run goes on. */
export class BatchProvisioning {
  readonly fleet: ShardFleet;
  isOverdue: boolean;

  constructor(private readonly options: ProvisioningOptions) {
    const { carry, log, getCancellation } = options;
    this.isOverdue = carry?.isOverdue ?? false;
    this.fleet = new ShardFleet({
      ...options,
      carry: carry?.runners ?? null,
      round: carry?.round ?? 0,
      getEnding: () => getCancellation() ?? (this.isOverdue ? OVERDUE : null),
      onRestart: (shard) => log.record('restart', {}, `shard ${shard} had ended before its time`),
    });
  }

  /**
   * Runs until all shards are done.
   *
   * @returns `drained` when the history has grown long and the next run is to go on
   */
  async run(): Promise<'done' | 'drained'> {
    const { fleet, options } = this;
    if (options.carry === null) this.repeatEarlyOrders();
    fleet.begin();
    void this.watchShards();
    await this.untilOver();
    const isDrained = !this.isOver && (await this.drain());
    if (fleet.failure !== undefined) throw fleet.failure;
    return isDrained ? 'drained' : 'done';
  }

  private get isOver(): boolean {
    return this.fleet.isDone || this.fleet.failure !== undefined;
  }

  /** Until the end, or until it is time for the next run. */
  private async untilOver(): Promise<void> {
    const { tuning, log } = this.options;
    const isTime = (): boolean => this.isOver || (isHistoryLong(tuning) && this.fleet.isDrainable);
    if (!this.isOverdue) {
      if (await this.isReachedInTime(isTime)) return;
      log.record('deadline', {}, 'the deadline of the batch has passed');
      this.isOverdue = true;
      this.fleet.act({ type: 'end', ending: OVERDUE });
    }
    await condition(isTime);
  }

  /** False when the deadline has passed before; one that is moved meanwhile is waited for anew. */
  private async isReachedInTime(isReached: () => boolean): Promise<boolean> {
    const { getDeadlineAtMs } = this.options;
    while (!isReached()) {
      const deadlineAtMs = getDeadlineAtMs();
      const isNews = (): boolean => isReached() || getDeadlineAtMs() !== deadlineAtMs;
      if (!(await condition(isNews, Math.max(1, deadlineAtMs - Date.now())))) return false;
    }
    return true;
  }

  /** What operators ordered while the batch was being let in. */
  private repeatEarlyOrders(): void {
    const ending = this.options.getCancellation();
    if (this.options.isPaused()) this.fleet.act({ type: 'pause' });
    if (ending !== null) this.fleet.act({ type: 'end', ending });
  }

  /** Finds shards that have died without a word. */
  private async watchShards(): Promise<void> {
    const { fleet, options } = this;
    const { tenant } = options.context.request;
    while (!fleet.isDone) {
      await condition(() => fleet.listRunning().length > 0 || fleet.isDone);
      const workflowIds = fleet.listRunning();
      if (workflowIds.length === 0) continue;
      const label = { summary: `watch ${workflowIds.length} shards`, tenant };
      const { ended } = await waitActivities(label, options.tuning).watchShards({ workflowIds });
      fleet.revive(ended);
    }
  }

  /** Whether nothing is in flight any more: the batch may also have ended meanwhile. */
  private async drain(): Promise<boolean> {
    const { fleet } = this;
    const { isBusy } = this.options;
    do {
      await fleet.drain();
      if (isBusy()) await condition(() => !isBusy());
    } while (
      // An order that came meanwhile must not be lost between the two runs.
      !fleet.isDrained &&
      !this.isOver
    );
    return !this.isOver;
  }
}
