import {
  getExternalWorkflowHandle,
  ParentClosePolicy,
  sleep,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { RunnerCarry } from '../contract/carry';
import { PROVISION_SHARD, SHARD_SIGNALS } from '../contract/names';
import type { ProvisionShardInput, ShardAction, ShardOrder } from '../contract/shard-messages';
import type { ShardReport } from '../contract/shard-report';
import { toShardWorkflowId } from '../contract/workflow-id';
import type { ShardRunner } from './shard-runner';
import { toUnstartedReport } from './shard-report';

/** What a shard elsewhere is made of. */
export interface ChildShardOptions {
  /** Its input as of now: paused or not. */
  readonly toInput: () => ProvisionShardInput;
  readonly carry: Extract<RunnerCarry, { kind: 'child' }> | null;
  /** Called when something about it has become known. */
  readonly onChange: () => void;
}

/**
 * A shard in a workflow of its own. The two talk by signals to workflow ids, since both have several
 * runs in their lives: the batch starts it or finds it running (after a reset, or after its own
 * continue-as-new), and hears of it by reports.
 */
export class ChildShard implements ShardRunner {
  report: ShardReport;
  isStarted: boolean;
  failure: unknown = undefined;
  readonly workflowId: string;
  /** Whether it is known to have been running: what is only about to be started is not lost. */
  isLaunched: boolean;
  private talk: Promise<void> = Promise.resolve();
  private unsaid = 0;

  constructor(private readonly options: ChildShardOptions) {
    const { batch, slice } = options.toInput();
    this.workflowId = toShardWorkflowId(batch, slice.index);
    this.report = options.carry?.report ?? toUnstartedReport(slice);
    this.isStarted = options.carry?.isStarted ?? false;
    this.isLaunched = this.isStarted;
  }

  start(): void {
    this.isStarted = true;
    this.isLaunched = false;
    // It counts as buying from now on, not only from its first report.
    this.report = { ...this.report, stage: 'proving' };
    this.say(() => this.launch());
  }

  /** It has never stopped. */
  goOn(): void {}

  /** Takes a report that has come; it may be of a run that an earlier run of the batch had started. */
  take(report: ShardReport): void {
    this.report = report;
    if (report.stage === 'done') this.isStarted = true;
    this.options.onChange();
  }

  act(order: ShardOrder): void {
    // What is not started yet hears of it by its input.
    if (this.isStarted) this.say(() => this.signal(order));
  }

  readonly isDrainable = true;

  /** The shard itself goes on; only what is being said to it is waited for. */
  drain(): Promise<void> {
    return this.talk;
  }

  get isDrained(): boolean {
    return this.unsaid === 0;
  }

  toCarry(): RunnerCarry {
    return { kind: 'child', isStarted: this.isStarted, report: this.report };
  }

  private say(word: () => Promise<void>): void {
    this.unsaid += 1;
    const said = this.talk.then(word).catch((error: unknown) => {
      this.failure ??= error;
      this.options.onChange();
    });
    this.talk = said.then(() => {
      this.unsaid -= 1;
    });
  }

  /** Starts it, or finds it running, whoever has started it. */
  private async launch(): Promise<void> {
    for (;;) {
      this.isLaunched = (await this.startAnew()) || (await this.attach());
      if (this.isLaunched) return;
      await sleep(1_000, { summary: `${this.workflowId} has just ended; it is started again` });
    }
  }

  private async startAnew(): Promise<boolean> {
    const input = this.options.toInput();
    try {
      const handle = await startChild(PROVISION_SHARD, {
        workflowId: this.workflowId,
        args: [input],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        staticSummary: `shard ${input.slice.index} of ${input.batch}`,
      });
      // Its end comes as a report; one that dies without a word is found by the watch.
      handle.result().catch(() => undefined);
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  /**
   * What runs already was started by an earlier run of the batch, and has not seen the input: it hears
   * what is in it, also that what the earlier run had ordered holds no more.
   */
  private async attach(): Promise<boolean> {
    const input = this.options.toInput();
    try {
      await getExternalWorkflowHandle(this.workflowId).signal(SHARD_SIGNALS.attach);
    } catch {
      return false;
    }
    for (const action of toOrders(input)) await this.signal({ action, round: input.round });
    return true;
  }

  /** An order to a shard that has ended has nobody to obey it; its last report tells. */
  private async signal(order: ShardOrder): Promise<void> {
    try {
      await getExternalWorkflowHandle(this.workflowId).signal(SHARD_SIGNALS.act, order);
    } catch {
      return;
    }
  }
}

/** All that an input says about how to go on; prices last, since they may send what was parked. */
function toOrders({
  isPaused,
  deadlineAtMs,
  tuning,
  limits,
  ending,
}: ProvisionShardInput): readonly ShardAction[] {
  return [
    ...(ending === null ? [] : [{ type: 'end', ending } as const]),
    { type: isPaused ? 'pause' : 'resume' },
    { type: 'deadline', deadlineAtMs },
    { type: 'concurrency', chunksInFlight: tuning.chunksInFlight },
    { type: 'bars', bars: limits?.bars ?? [] },
  ];
}
