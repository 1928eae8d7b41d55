import {
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  log,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { isShardOrder } from '../contract/check-shard-message';
import { logEvent } from '../contract/log-writer';
import { PROGRESS_QUERY, SHARD_SIGNALS } from '../contract/names';
import type { ProvisionShardInput, ShardOrder } from '../contract/shard-messages';
import type { ShardReport } from '../contract/shard-report';
import { toShardWorkflowId } from '../contract/workflow-id';
import type { Ending } from '../domain/home-chunk-state';
import { toShardDetails } from './current-details';
import { toInvalidShardInput, toWrongWorkflowId } from './failures';
import { isHistoryLong } from './history-length';
import { ShardLife } from './shard-life';
import { ShardReporter } from './shard-reporter';

/** How long a shard outlives its batch's deadline when its batch gives no order. */
const GRACE_MS = 3_600_000;

const BATCH_GONE: Ending = { as: 'skipped', refusal: { class: 'unknown', code: 'batch-gone' } };
const CANCELLED: Ending = {
  as: 'skipped',
  refusal: { class: 'unknown', code: 'shard-cancelled' },
};
const OVERDUE: Ending = { as: 'parked', refusal: { class: 'unknown', code: 'batch-deadline' } };

const actSignal = defineSignal<[ShardOrder]>(SHARD_SIGNALS.act);
const attachSignal = defineSignal(SHARD_SIGNALS.attach);
const progressQuery = defineQuery<ShardReport>(PROGRESS_QUERY);

/**
 * Provisions one shard of a large batch, on the orders of its batch. It outlives a run of the batch
 * that ends (a reset, a continue-as-new); when the batch is gone for good it buys nothing more and
 * ends.
 *
 * @returns its last report, which the batch has by then
 * @throws ApplicationFailure of type InvalidRequest or WrongWorkflowId, before anything was sent
 */
export async function provisionShard(input?: ProvisionShardInput): Promise<ShardReport> {
  const checked = checkInput(input);
  const shard = new ShardWorkflow(checked);
  return CancellationScope.nonCancellable(() => shard.run());
}

class ShardWorkflow {
  private readonly life: ShardLife;
  private readonly reporter: ShardReporter;
  private deadlineAtMs: number;

  constructor(private readonly input: ProvisionShardInput) {
    const { request, frozen, generation } = input;
    this.deadlineAtMs = input.deadlineAtMs;
    this.life = new ShardLife({
      ...input,
      context: { request, frozen, generation },
      getLimits: () => input.limits ?? null,
      onChange: () => this.changed(),
    });
    this.reporter = new ShardReporter(
      input.batch,
      () => this.life.report,
      () => this.life.end(BATCH_GONE, 'gone'),
    );
    if (input.isPaused && input.carry === null) {
      this.life.act({ action: { type: 'pause' }, round: input.round });
    }
    if (input.ending !== null && input.carry === null) {
      this.life.act({ action: { type: 'end', ending: input.ending }, round: input.round });
    }
    this.handleMessages();
  }

  async run(): Promise<ShardReport> {
    const { input, life, reporter } = this;
    const end = life.run();
    const isOverdue = this.untilOverdue().then((isDone) => {
      if (!isDone) life.end(OVERDUE, 'gone');
    });
    await Promise.race([
      end,
      isOverdue.then(() => end),
      condition(() => life.isDrainable && isHistoryLong(input.tuning)),
    ]);
    while (life.isDrainable) {
      await life.drain();
      await reporter.tell();
      // An order that came meanwhile must not be lost between the two runs.
      if (!life.isDrained || reporter.isTalking) continue;
      return continueAsNew<typeof provisionShard>({
        ...input,
        round: life.report.round,
        deadlineAtMs: this.deadlineAtMs,
        carry: life.toCarry(),
      });
    }
    await end;
    await reporter.tell();
    return life.report;
  }

  private handleMessages(): void {
    setHandler(actSignal, (order) => this.act(order));
    setHandler(attachSignal, () => void this.reporter.tell());
    setHandler(progressQuery, () => this.life.report, {
      description: 'How far this shard is. Give orders to its batch, not to the shard.',
    });
    CancellationScope.current().cancelRequested.catch(() => this.life.end(CANCELLED, 'person'));
  }

  private act(order: unknown): void {
    if (!isShardOrder(order)) {
      return logEvent(log, 'message-ignored', { action: SHARD_SIGNALS.act });
    }
    if (order.action.type === 'deadline') this.deadlineAtMs = order.action.deadlineAtMs;
    else this.life.act(order);
  }

  /** True when it ends by itself before. */
  private async untilOverdue(): Promise<boolean> {
    const { life } = this;
    while (!life.isDone) {
      const { deadlineAtMs } = this;
      const isNews = (): boolean => life.isDone || this.deadlineAtMs !== deadlineAtMs;
      if (!(await condition(isNews, this.toLeftMs()))) return false;
    }
    return true;
  }

  private changed(): void {
    setCurrentDetails(toShardDetails(this.input.batch, this.life.report));
    this.reporter.changed();
  }

  private toLeftMs(): number {
    return Math.max(1, this.deadlineAtMs + GRACE_MS - Date.now());
  }
}

function checkInput(input: ProvisionShardInput | undefined): ProvisionShardInput {
  const { workflowId, continuedFromExecutionRunId, parent } = workflowInfo();
  if (typeof input?.batch !== 'string' || typeof input.slice?.index !== 'number') {
    throw toInvalidShardInput();
  }
  if (input.carry !== null && continuedFromExecutionRunId === undefined) {
    throw toInvalidShardInput();
  }
  // Whoever is started by its batch has the whole input.
  if (parent?.workflowId !== input.batch) throw toInvalidShardInput();
  const expected = toShardWorkflowId(input.batch, input.slice.index);
  if (workflowId !== expected) throw toWrongWorkflowId(workflowId, expected);
  return input;
}
