import { condition, getExternalWorkflowHandle, patched } from '@temporalio/workflow';
import { SHARD_SIGNALS } from '../contract/names';
import type { ShardReport } from '../contract/shard-report';
import { addCounts, NO_SLOTS, type SlotCounts } from '../domain/progress';
import { isBuying } from './shard-report';

/** Share of the slots that must have moved before the batch hears of it: each report costs events. */
const STEP_SHARE = 0.25;

const AUDIT_WAIT_PATCH = 'audit-wait-is-told';

/** Tells the batch how far the shard is: at every turn that matters, and now and then. */
export class ShardReporter {
  private sent: ShardReport | null = null;
  private isSending = false;
  private isWanted = false;

  /**
   * @param batch - workflow id of the batch
   * @param read - the report of the moment
   * @param onGone - called when no run of the batch is there to hear it
   */
  constructor(
    private readonly batch: string,
    private readonly read: () => ShardReport,
    private readonly onGone: () => void,
  ) {}

  /** To be called after every step of the shard. */
  changed(): void {
    if (!this.isSending && isNews(this.sent, this.read())) void this.send();
  }

  /** Tells the batch now, whatever it knows already. */
  async tell(): Promise<void> {
    this.isWanted = true;
    await condition(() => !this.isSending);
    if (this.isWanted) await this.send();
  }

  /** Whether a report is on its way, which the end of the run would stop. */
  get isTalking(): boolean {
    return this.isSending;
  }

  private async send(): Promise<void> {
    this.isSending = true;
    this.isWanted = false;
    const report = this.read();
    this.sent = report;
    try {
      await getExternalWorkflowHandle(this.batch).signal(SHARD_SIGNALS.report, report);
    } catch {
      this.onGone();
    }
    this.isSending = false;
    this.changed();
  }
}

function isNews(before: ShardReport | null, now: ShardReport): boolean {
  if (before === null || now.stage === 'done') return before?.stage !== now.stage;
  return (
    before.round !== now.round ||
    before.gate?.cause !== now.gate?.cause ||
    before.gate?.code !== now.gate?.code ||
    before.gate?.probes !== now.gate?.probes ||
    before.hold?.code !== now.hold?.code ||
    before.parked.length !== now.parked.length ||
    isBuying(before) !== isBuying(now) ||
    hasMoved(sum(before), sum(now)) ||
    isAuditNews(before, now)
  );
}

/** A run of an older worker has told nothing there, and replays as it went. */
function isAuditNews(before: ShardReport, { auditUntilMs }: ShardReport): boolean {
  const isWaiting = auditUntilMs !== undefined && auditUntilMs !== before.auditUntilMs;
  return isWaiting && patched(AUDIT_WAIT_PATCH);
}

function hasMoved(before: SlotCounts, now: SlotCounts): boolean {
  const step = now.slots * STEP_SHARE;
  const toBought = ({ starting, ready, failed }: SlotCounts): number => starting + ready + failed;
  return (
    toBought(now) - toBought(before) >= step ||
    now.ready + now.failed - (before.ready + before.failed) >= step
  );
}

function sum({ groups }: ShardReport): SlotCounts {
  return groups.map(({ counts }) => counts).reduce(addCounts, NO_SLOTS);
}
