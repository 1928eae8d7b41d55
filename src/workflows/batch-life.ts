import { continueAsNew, setCurrentDetails, upsertMemo, workflowInfo } from '@temporalio/workflow';
import type { BatchCarry } from '../contract/carry';
import type { ActionNote, ProvisionBatchInput } from '../contract/messages';
import { FROZEN_MEMO } from '../contract/names';
import type { ShardReport } from '../contract/shard-messages';
import type { BatchRequest } from '../domain/batch-request';
import { createResultDocument } from '../domain/create-result';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import type { BatchPhase, BatchProgress } from '../domain/progress';
import type { ResultDocument } from '../domain/result';
import { mainActivities, type ActivityLabel } from './activity-options';
import { Announcer } from './announce';
import { BatchLog } from './batch-log';
import { BatchProvisioning } from './batch-provisioning';
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
import { RunTally } from './run-tally';
import { SearchAttributeWriter } from './search-attribute-writer';
import { needsPerson } from './shard-report';
import { startSweep } from './start-sweep';

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

/** What a batch has once it is let in. */
interface Begun {
  readonly admitted: Admitted;
  readonly provisioning: BatchProvisioning;
  readonly announcer: Announcer;
}

const CANCELLED: Ending = {
  as: 'skipped',
  refusal: { class: 'unknown', code: 'batch-cancelled' },
};

/** The life of one batch: admitted, provisioned by its shards, finished, announced. */
export class BatchLife {
  private readonly startedAtMs: number;
  private readonly log: BatchLog;
  private readonly attributes: SearchAttributeWriter;
  private begun: Begun | null = null;
  private stage: 'starting' | 'provisioning' | 'finishing' | 'done' = 'starting';
  private isPaused: boolean;
  private cancellation: Ending | null;

  constructor(private readonly submission: BatchSubmission) {
    const { request, carry } = submission;
    this.attributes = new SearchAttributeWriter(request);
    this.log = new BatchLog(carry?.log ?? []);
    this.startedAtMs = carry?.startedAtMs ?? Date.now();
    this.isPaused = carry?.isPaused ?? false;
    this.cancellation = carry?.cancellation ?? null;
    // Before any message comes: the first ones of a continued run are about its shards.
    if (carry !== null) this.begin(carry);
  }

  /** Runs the batch to its end, or to the point where the next run goes on. */
  async run(): Promise<ResultDocument> {
    this.changed();
    const { admitted, provisioning, announcer } = this.begun ?? this.begin(await this.admit());
    upsertMemo({ [FROZEN_MEMO]: admitted.frozen });
    this.attributes.setSearchable(admitted.tuning.isSearchable);
    this.enter('provisioning');
    if ((await provisioning.run()) === 'drained') {
      return continueAsNew<(input: ProvisionBatchInput) => Promise<ResultDocument>>({
        request: this.submission.submitted,
        frozen: admitted.frozen,
        carry: this.toCarry(provisioning, admitted),
      });
    }
    const document = await this.finish(provisioning.fleet.reports, admitted);
    await announcer.finished(document);
    await startSweep(document, {
      ...this.submission,
      afterMs: admitted.tuning.sweepAfterMs ?? [],
    });
    this.enter('done');
    return document;
  }

  get isEnding(): boolean {
    const isOver = this.stage === 'finishing' || this.stage === 'done';
    return this.isToEnd || isOver || isWindingUp(this.reports);
  }

  private get isToEnd(): boolean {
    return this.cancellation !== null || (this.begun?.provisioning.isOverdue ?? false);
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
    this.begun?.provisioning.fleet.act({ type: 'retry', paths: chunks });
    return touched;
  }

  pause(note: ActionNote): void {
    this.isPaused = true;
    this.log.record('pause', note);
    this.begun?.provisioning.fleet.act({ type: 'pause' });
    this.changed();
  }

  resume(note: ActionNote): void {
    this.isPaused = false;
    this.log.record('resume', note);
    this.begun?.provisioning.fleet.act({ type: 'resume' });
    this.changed();
  }

  /** Stops everything that is not in flight; what is in flight is awaited and settled first. */
  cancel(note: ActionNote): void {
    if (this.isEnding) return;
    this.log.record('cancel', note);
    this.cancellation = CANCELLED;
    this.begun?.provisioning.fleet.act({ type: 'end', ending: CANCELLED });
    this.changed();
  }

  /** Takes the report of a shard that is a workflow of its own. */
  takeReport(report: ShardReport): void {
    this.begun?.provisioning.fleet.take(report);
  }

  toProgress(): BatchProgress {
    const { request } = this.submission;
    return toBatchProgress(request, this.reports, {
      account: this.begun?.admitted.frozen.account ?? null,
      generation: this.begun?.admitted.generation ?? 0,
      phase: this.toPhase(),
      needsOperator: !this.isEnding && this.reports.some(needsPerson),
      hold: this.toHold(),
      startedAtMs: this.startedAtMs,
      deadlineAtMs: this.startedAtMs + request.policy.deadlineMs,
      log: this.log.entries,
    });
  }

  private get reports(): readonly ShardReport[] {
    return this.begun?.provisioning.fleet.reports ?? [];
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

  /** What there is once the batch is let in; the announcer knows the carried reports by then. */
  private begin(admitted: Admitted): Begun {
    const { request, carry } = this.submission;
    const { frozen, tuning } = admitted;
    const { log } = this;
    const provisioning = new BatchProvisioning({
      context: this.toContext(admitted),
      tuning,
      deadlineAtMs: this.startedAtMs + request.policy.deadlineMs,
      carry,
      log,
      isPaused: () => this.isPaused,
      getCancellation: () => this.cancellation,
      onChange: () => this.changed(),
    });
    const announced = carry?.announced ?? null;
    const announcer = new Announcer({ request, frozen, tuning, log, carry: announced });
    this.begun = { admitted, provisioning, announcer };
    return this.begun;
  }

  /** What the next run goes on with; to be taken in the moment in which this one ends. */
  private toCarry({ fleet, isOverdue }: BatchProvisioning, admitted: Admitted): BatchCarry {
    const { frozen, generation, tuning } = admitted;
    return {
      frozen,
      generation,
      tuning,
      startedAtMs: this.startedAtMs,
      isPaused: this.isPaused,
      isOverdue,
      round: fleet.round,
      cancellation: this.cancellation,
      log: this.log.entries,
      announced: this.begun?.announcer.toCarry() ?? null,
      runners: fleet.toCarry(),
    };
  }

  private async finish(
    reports: readonly ShardReport[],
    admitted: Admitted,
  ): Promise<ResultDocument> {
    this.enter('finishing');
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
    this.begun?.announcer.noteProgress(progress);
    setCurrentDetails(toCurrentDetails(progress));
  }

  private toPhase(): BatchPhase {
    if (this.stage !== 'provisioning') return this.stage;
    if (isWindingUp(this.reports)) return 'auditing';
    if (this.isPaused) return 'paused';
    return !this.isToEnd && isStuck(this.reports) ? 'parked' : 'provisioning';
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
