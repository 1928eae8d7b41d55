import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type { BatchCarry } from '../contract/carry';
import type { ActionNote, ProvisionBatchInput } from '../contract/messages';
import { FROZEN_MEMO } from '../contract/names';
import type { ShardReport } from '../contract/shard-messages';
import type { BatchRequest } from '../domain/batch-request';
import { createResultDocument } from '../domain/create-result';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import type { BatchPhase, BatchProgress } from '../domain/progress';
import type { ResultDocument } from '../domain/result';
import { mainActivities, waitActivities, type ActivityLabel } from './activity-options';
import { Announcer } from './announce';
import { BatchLog } from './batch-log';
import {
  countBatch,
  isStuck,
  isWindingUp,
  listParkedChunks,
  toBatchProgress,
} from './batch-progress';
import type { ChunkContext } from './chunk-input';
import { toCurrentDetails } from './current-details';
import { toNotAdmitted } from './failures';
import { isHistoryLong } from './history-length';
import { RunTally } from './run-tally';
import { SearchAttributeWriter } from './search-attribute-writer';
import { ShardFleet } from './shard-fleet';
import { needsPerson } from './shard-report';

/** A submitted batch, checked. */
export interface BatchSubmission {
  /** The request as it was submitted: what the next run is given. */
  readonly submitted: unknown;
  readonly request: BatchRequest;
  readonly requestHash: string;
  readonly frozen: FrozenPlan | null;
  /** Left by the run before this one. */
  readonly carry: BatchCarry | null;
}

/** What is decided when a batch is let in. */
type Admitted = Pick<BatchCarry, 'frozen' | 'generation' | 'tuning'>;

const CANCELLED: Ending = {
  as: 'skipped',
  refusal: { class: 'unknown', code: 'batch-cancelled' },
};
const OVERDUE: Ending = { as: 'parked', refusal: { class: 'unknown', code: 'batch-deadline' } };

/** The life of one batch: admitted, provisioned by its shards, finished, announced. */
export class BatchLife {
  private readonly startedAtMs: number;
  private readonly log: BatchLog;
  private readonly attributes: SearchAttributeWriter;
  private admitted: Admitted | null;
  private fleet: ShardFleet | null = null;
  private announcer: Announcer | null = null;
  private stage: 'starting' | 'provisioning' | 'finishing' | 'done' = 'starting';
  private isPaused: boolean;
  private cancellation: Ending | null;
  private isOverdue = false;

  constructor(private readonly submission: BatchSubmission) {
    const { request, carry } = submission;
    this.attributes = new SearchAttributeWriter(request);
    this.log = new BatchLog(carry?.log ?? []);
    this.startedAtMs = carry?.startedAtMs ?? Date.now();
    this.isPaused = carry?.isPaused ?? false;
    this.cancellation = carry?.cancellation ?? null;
    this.admitted = carry;
  }

  /** Runs the batch to its end, or to the point where the next run goes on. */
  async run(): Promise<ResultDocument> {
    this.changed();
    const admitted = this.admitted ?? (await this.admit());
    this.admitted = admitted;
    upsertMemo({ [FROZEN_MEMO]: admitted.frozen });
    this.attributes.setSearchable(admitted.tuning.isSearchable);
    const fleet = this.createFleet(admitted);
    const announcer = this.createAnnouncer(admitted);
    await this.provision(fleet, admitted.tuning);
    const document = await this.finish(fleet, admitted);
    await announcer.finished(document);
    this.enter('done');
    return document;
  }

  get isEnding(): boolean {
    const isOver = this.stage === 'finishing' || this.stage === 'done';
    return this.cancellation !== null || this.isOverdue || isOver || isWindingUp(this.reports);
  }

  get isPausedNow(): boolean {
    return this.isPaused;
  }

  /** Names of the parked chunks. */
  listParked(): readonly string[] {
    return listParkedChunks(this.reports).map(({ chunk }) => chunk);
  }

  /** Whether a retry would do anything: something is parked, held, or waits at a gate. */
  get isRetryUseful(): boolean {
    return this.reports.some((report) => needsPerson(report) || report.gate !== null);
  }

  retry(chunks: readonly string[] | null, note: ActionNote): readonly string[] {
    const touched = chunks ?? this.listParked();
    this.log.record('retryFailed', note, touched.join(', '));
    this.fleet?.act({ type: 'retry', paths: chunks });
    return touched;
  }

  pause(note: ActionNote): void {
    this.isPaused = true;
    this.log.record('pause', note);
    this.fleet?.act({ type: 'pause' });
    this.changed();
  }

  resume(note: ActionNote): void {
    this.isPaused = false;
    this.log.record('resume', note);
    this.fleet?.act({ type: 'resume' });
    this.changed();
  }

  /** Stops everything that is not in flight; what is in flight is awaited and settled first. */
  cancel(note: ActionNote): void {
    if (this.isEnding) return;
    this.log.record('cancel', note);
    this.cancellation = CANCELLED;
    this.fleet?.act({ type: 'end', ending: CANCELLED });
    this.changed();
  }

  /** Takes the report of a shard that is a workflow of its own. */
  takeReport(report: ShardReport): void {
    this.fleet?.take(report);
  }

  toProgress(): BatchProgress {
    const { request } = this.submission;
    return toBatchProgress(request, this.reports, {
      account: this.admitted?.frozen.account ?? null,
      generation: this.admitted?.generation ?? 0,
      phase: this.toPhase(),
      needsOperator: !this.isEnding && this.reports.some(needsPerson),
      hold: this.toHold(),
      startedAtMs: this.startedAtMs,
      deadlineAtMs: this.startedAtMs + request.policy.deadlineMs,
      log: this.log.entries,
    });
  }

  private get reports(): readonly ShardReport[] {
    return this.fleet?.reports ?? [];
  }

  private async admit(): Promise<Admitted> {
    const { request, requestHash, frozen } = this.submission;
    const answer = await mainActivities(this.label('admit the batch and fix its plan')).admit({
      request,
      requestHash,
      frozen,
      firstExecutionRunId: workflowInfo().firstExecutionRunId,
    });
    if (answer.kind === 'refused') throw toNotAdmitted(answer.refusal);
    return answer;
  }

  private createFleet({ tuning, ...admitted }: Admitted): ShardFleet {
    const { request, carry } = this.submission;
    const fleet = new ShardFleet({
      context: this.toContext(admitted),
      tuning,
      deadlineAtMs: this.startedAtMs + request.policy.deadlineMs,
      carry: carry?.runners ?? null,
      round: carry?.round ?? 0,
      isPaused: () => this.isPaused,
      isEnding: () => this.cancellation !== null || this.isOverdue,
      onChange: () => this.changed(),
      onRestart: (shard) =>
        this.log.record('restart', {}, `shard ${shard} had ended before its time`),
    });
    this.fleet = fleet;
    return fleet;
  }

  /** After the fleet, whose carried reports say whether a person is still needed. */
  private createAnnouncer({ frozen, tuning }: Admitted): Announcer {
    const { request, carry } = this.submission;
    const announced = carry?.announced ?? null;
    const announcer = new Announcer({ request, frozen, tuning, log: this.log, carry: announced });
    this.announcer = announcer;
    return announcer;
  }

  private async provision(fleet: ShardFleet, tuning: Tuning): Promise<void> {
    this.enter('provisioning');
    if (this.submission.carry === null) this.repeatEarlyOrders(fleet);
    fleet.start();
    void this.watchShards(fleet, tuning);
    const isOver = (): boolean => fleet.isDone || fleet.failure !== undefined;
    const isToContinue = (): boolean => isHistoryLong(tuning) && fleet.isDrainable;
    const leftMs = this.startedAtMs + this.submission.request.policy.deadlineMs - Date.now();
    if (!(await condition(() => isOver() || isToContinue(), Math.max(1, leftMs)))) {
      this.log.record('deadline', {}, 'the deadline of the batch has passed');
      this.isOverdue = true;
      fleet.act({ type: 'end', ending: OVERDUE });
      await condition(() => isOver() || isToContinue());
    }
    if (!isOver()) await this.continueAsNew(fleet);
    if (fleet.failure !== undefined) throw fleet.failure;
  }

  /** What operators ordered while the batch was being let in. */
  private repeatEarlyOrders(fleet: ShardFleet): void {
    if (this.isPaused) fleet.act({ type: 'pause' });
    if (this.cancellation !== null) fleet.act({ type: 'end', ending: this.cancellation });
  }

  /** Finds shards that have died without a word, for as long as the batch provisions. */
  private async watchShards(fleet: ShardFleet, tuning: Tuning): Promise<void> {
    while (!fleet.isDone) {
      const workflowIds = fleet.listRunning();
      if (workflowIds.length === 0) {
        await condition(() => fleet.listRunning().length > 0 || fleet.isDone);
        continue;
      }
      const label = this.label(`watch ${workflowIds.length} shards`);
      const { ended } = await waitActivities(label, tuning).watchShards({ workflowIds });
      fleet.revive(ended);
    }
  }

  /** Hands the batch to the next run, unless it has ended while it was drained. */
  private async continueAsNew(fleet: ShardFleet): Promise<void> {
    do {
      await fleet.drain();
      await condition(allHandlersFinished);
      // An order that came meanwhile must not be lost between the two runs.
    } while (!fleet.isDrained && fleet.failure === undefined);
    if (fleet.isDone || fleet.failure !== undefined || this.admitted === null) return;
    const { frozen, generation, tuning } = this.admitted;
    await continueAsNew<(input: ProvisionBatchInput) => Promise<ResultDocument>>({
      request: this.submission.submitted,
      frozen,
      carry: {
        frozen,
        generation,
        tuning,
        startedAtMs: this.startedAtMs,
        isPaused: this.isPaused,
        round: fleet.round,
        cancellation: this.cancellation,
        log: this.log.entries,
        announced: this.announcer?.toCarry() ?? null,
        runners: fleet.toCarry(),
      },
    });
  }

  private async finish(fleet: ShardFleet, admitted: Admitted): Promise<ResultDocument> {
    this.enter('finishing');
    const { reports } = fleet;
    const tally = new RunTally();
    for (const report of reports) tally.addTally(report);
    const document = createResultDocument({
      ...this.toContext(admitted),
      ...countBatch(this.submission.request, reports),
      ...tally.toSums(),
      parked: listParkedChunks(reports),
      orphans: reports.flatMap((report) => report.orphans),
      missing: reports.flatMap((report) => report.missing),
      log: this.log.entries,
      isCancelled: this.cancellation !== null,
      startedAtMs: this.startedAtMs,
      finishedAtMs: Date.now(),
      firstRunId: workflowInfo().firstExecutionRunId,
    });
    const answer = await mainActivities(this.label('store the result')).finish({
      document,
      shards: reports.map(({ shard }) => shard),
    });
    return answer.document;
  }

  private enter(stage: BatchLife['stage']): void {
    this.stage = stage;
    this.changed();
  }

  private changed(): void {
    const progress = this.toProgress();
    this.attributes.write(progress);
    this.announcer?.noteProgress(progress);
    setCurrentDetails(toCurrentDetails(progress));
  }

  private toPhase(): BatchPhase {
    if (this.stage !== 'provisioning') return this.stage;
    if (isWindingUp(this.reports)) return 'auditing';
    if (this.isPaused) return 'paused';
    const isOver = this.cancellation !== null || this.isOverdue;
    return !isOver && isStuck(this.reports) ? 'parked' : 'provisioning';
  }

  private toHold(): string | null {
    if (this.isPaused) return 'paused by an operator';
    const hold = this.reports.find((report) => report.hold !== null)?.hold;
    return hold == null ? null : `${hold.code}: ${hold.message ?? 'a problem of the account'}`;
  }

  private toContext({ frozen, generation }: Omit<Admitted, 'tuning'>): ChunkContext {
    return { request: this.submission.request, frozen, generation };
  }

  private label(summary: string): ActivityLabel {
    return { summary, tenant: this.submission.request.tenant };
  }
}
