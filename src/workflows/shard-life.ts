import { condition, sleep, workflowInfo } from '@temporalio/workflow';
import type { AuditAnswer, ProveAnswer, SearchPlace } from '../contract/activity-types';
import type { ShardCarry } from '../contract/carry';
import type { ShardOrder } from '../contract/shard-messages';
import type { ShardReport, ShardStage } from '../contract/shard-report';
import type { ShardLimits } from '../domain/batch-limits';
import type { Tuning } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import { toIdentityCode } from '../domain/identity';
import { toShardTag } from '../domain/names';
import { toIdentity, type ShardSlice } from '../domain/plan';
import type { Since } from '../domain/proof';
import type { Orphan } from '../domain/result';
import type { ShardEvent } from '../domain/shard-event';
import { wasEverOpen } from '../domain/shard-state';
import { lookActivities, mainActivities, type ActivityLabel } from './activity-options';
import { getGroup, type ChunkContext } from './chunk-input';
import { RunTally } from './run-tally';
import { ShardMachine } from './shard-machine';
import {
  listFailed,
  listKnownIds,
  listMissing,
  listOwnedPaths,
  listProofs,
  listReplaced,
} from './shard-holdings';
import { toShardReport } from './shard-report';

/** What the life of a shard is made of. */
export interface ShardLifeOptions {
  readonly context: ChunkContext;
  readonly slice: ShardSlice;
  readonly tuning: Tuning;
  readonly parkedRowsMax: number;
  /** Retries that were ordered before it began. */
  readonly round: number;
  /** Left by the run before this one. */
  readonly carry: ShardCarry | null;
  /** What is known of its placements by the time it begins; null: nothing. */
  readonly getLimits: () => ShardLimits | null;
  /** Called after every step. */
  readonly onChange: () => void;
}

/** The life of one shard: proven, bought until ready, audited, listed in the result store. */
export class ShardLife {
  private readonly tally = new RunTally();
  private readonly machine: ShardMachine;
  /** Orders that came before the shard could obey them. */
  private early: ShardOrder[] = [];
  private stage: ShardStage = 'waiting';
  private audited: Extract<AuditAnswer, { kind: 'compared' }> | null = null;
  /** Until when the audit waits; null while it does not. */
  private auditUntilMs: number | null = null;
  private orphans: readonly Orphan[] = [];
  private endedBy: ShardReport['endedBy'];
  /** Retries that it has obeyed: one that came early is not among them yet. */
  private round: number;

  constructor(private readonly options: ShardLifeOptions) {
    this.round = options.round;
    this.endedBy = options.carry?.endedBy ?? null;
    if (options.carry !== null) this.tally.addTally(options.carry.tally);
    this.machine = new ShardMachine({ ...options, tally: this.tally });
  }

  /** Runs the shard to its end. */
  async run(): Promise<void> {
    await this.prove();
    await condition(() => this.machine.isDone || this.failure !== undefined);
    if (this.failure !== undefined) throw this.failure;
    await this.audit();
    await this.store();
    this.enter('done');
  }

  /** The first error that no rule covers. */
  get failure(): unknown {
    return this.machine.failure;
  }

  get isDone(): boolean {
    return this.stage === 'done';
  }

  /**
   * Obeys an order.
   *
   * @param order - what to do
   * @param endedBy - for an end: on whose word
   */
  act(order: ShardOrder, endedBy: ShardReport['endedBy'] = 'batch'): void {
    if (order.action.type === 'end') this.endedBy ??= endedBy;
    if (this.stage === 'waiting' || this.stage === 'proving') this.early.push(order);
    else if (this.stage === 'buying') this.obey(order);
  }

  /** Ends what is not done. */
  end(ending: Ending, endedBy: ShardReport['endedBy']): void {
    this.act({ action: { type: 'end', ending }, round: this.round }, endedBy);
  }

  get report(): ShardReport {
    return toShardReport({
      shard: this.options.slice.index,
      stage: this.stage,
      state: this.machine.shard,
      followUps: this.machine.parkedFollowUps,
      parkedRowsMax: this.options.parkedRowsMax,
      tally: this.tally.toSums(),
      orphans: this.orphans,
      missing: this.audited?.missing ?? [],
      endedBy: this.endedBy,
      round: this.round,
      ...(this.auditUntilMs === null ? {} : { auditUntilMs: this.auditUntilMs }),
    });
  }

  /** Whether the run may be continued as new now: the other stages are short. */
  get isDrainable(): boolean {
    return this.stage === 'buying' && !this.machine.isDone;
  }

  /** Brings the shard to a state that the next run can go on with, unless it comes to its end. */
  async drain(): Promise<void> {
    if (this.isDrainable) await this.machine.drain();
  }

  get isDrained(): boolean {
    return this.isDrainable && this.machine.isDrained;
  }

  /** What the next run needs; to be taken in the same moment in which this one ends. */
  toCarry(): ShardCarry {
    return {
      shard: this.machine.shard,
      proof: { runId: workflowInfo().runId },
      waiting: this.machine.stillWaiting,
      tally: this.tally.toSums(),
      endedBy: this.endedBy,
    };
  }

  private async prove(): Promise<void> {
    this.enter('proving');
    const { carry } = this.options;
    const answer = await lookActivities(this.label('prove that nothing was bought before')).prove({
      ...this.toSearch(),
      firstExecutionRunId: workflowInfo().firstExecutionRunId,
      carried: carry?.proof ?? null,
    });
    this.tally.add(answer);
    this.enter('buying');
    if (carry === null) this.beginWith(answer);
    else this.machine.resume(carry, answer, this.takeEarly());
  }

  /**
   * What was ordered early holds before the first send, and no order sends a path that has no proof yet.
   * Where an earlier run may have bought, its purchases come to light before an end is obeyed (rule R7):
   * nothing is sent meanwhile.
   */
  private beginWith(answer: ProveAnswer): void {
    const limits = this.options.getLimits();
    this.machine.limit({ bars: limits?.bars ?? [], pools: limits?.pools ?? [] });
    this.machine.begin(answer);
    this.machine.dispatch(...this.takeEarly(), { type: 'start' });
  }

  /** The orders that came before it could obey them, to be obeyed at once. */
  private takeEarly(): readonly ShardEvent[] {
    const orders = this.early.splice(0);
    this.round = orders.at(-1)?.round ?? this.round;
    return orders.flatMap(({ action }) => (action.type === 'deadline' ? [] : [action]));
  }

  private obey({ action, round }: ShardOrder): void {
    this.round = round;
    // Whoever runs the shard keeps its deadline.
    if (action.type !== 'deadline') this.machine.dispatch(action);
  }

  private async audit(): Promise<void> {
    this.enter('auditing');
    const since = await this.compare(null);
    if (since !== null && (await this.offerUnowned(since))) await this.compare(since);
    const missing = this.audited?.missing ?? [];
    const replaced = listReplaced(this.options.context.request, this.machine.shard, missing);
    this.orphans = [...(this.audited?.orphans ?? []), ...replaced];
    for (const event of listMissing(this.machine.shard, missing)) {
      this.machine.dispatch(event);
    }
  }

  /** Looks once it is late enough, and says by which moment it was; null when a count was enough. */
  private async compare(from: Since | null): Promise<Since | null> {
    let since = from;
    for (;;) {
      const answer: AuditAnswer = await lookActivities(
        this.label('compare what exists with what the shard owns'),
      ).audit({
        ...this.toSearch(),
        ownedIds: listKnownIds(this.machine.shard),
        isClean: !wasEverOpen(this.machine.shard),
        proofs: listProofs(this.machine.shard),
        since,
      });
      this.tally.add(answer);
      if (answer.kind === 'compared') this.audited = answer;
      if (answer.kind !== 'unsettled') return since;
      since = answer.since;
      this.auditUntilMs = Date.now() + answer.waitMs;
      this.options.onChange();
      await sleep(answer.waitMs, { summary: 'late instances may still show up' });
      this.auditUntilMs = null;
    }
  }

  /**
   * Gives empty slots what an earlier run has bought for them (rule R9): a slot can be given up without
   * a look, say because its placement has become too dear.
   *
   * @returns whether any slot took its look
   */
  private async offerUnowned(since: Since): Promise<boolean> {
    const names = [...new Set(this.audited?.orphans.map(({ name }) => name))];
    this.machine.dispatch({ type: 'unowned', names, since });
    if (this.machine.isDone) return false;
    await condition(() => this.machine.isDone || this.failure !== undefined);
    if (this.failure !== undefined) throw this.failure;
    return true;
  }

  private async store(): Promise<void> {
    this.enter('storing');
    const { context, slice } = this.options;
    const { tenant, batchId } = context.request;
    await mainActivities(this.label('store the list of instances')).storeShard({
      tenant,
      batchId,
      generation: context.generation,
      shard: slice.index,
      owned: listOwnedPaths(context.request, this.machine.shard),
      failed: listFailed(this.machine.shard),
    });
  }

  private enter(stage: ShardStage): void {
    this.stage = stage;
    this.options.onChange();
  }

  /** Where to search for the shard's instances, each engine once. */
  private toSearch(): { account: string; nameTag: string; places: readonly SearchPlace[] } {
    const { context, slice } = this.options;
    const { request, frozen } = context;
    const code = toIdentityCode(toIdentity(request, frozen));
    const engines = new Set(slice.ranges.map(({ group }) => getGroup(request, group).spec.engine));
    return {
      account: frozen.account,
      nameTag: toShardTag(code, slice.index),
      places: [...engines].map((engine) => ({ region: slice.region, engine })),
    };
  }

  private label(summary: string): ActivityLabel {
    return { summary, tenant: this.options.context.request.tenant };
  }
}
