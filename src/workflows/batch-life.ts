import {
  continueAsNew,
  log,
  setCurrentDetails,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type { BatchCarry } from '../contract/carry';
import type { ProvisionBatchInput } from '../contract/messages';
import { isShardReport } from '../contract/check-shard-message';
import { logEvent } from '../contract/log-writer';
import { FROZEN_MEMO, PRICES_MEMO, SHARD_SIGNALS } from '../contract/names';
import type { ShardAction } from '../contract/shard-messages';
import type { ShardReport } from '../contract/shard-report';
import type { PendingApproval } from '../domain/approval';
import { countSlots, type BatchRequest, type InstanceFate } from '../domain/batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { LIMITS } from '../domain/limits';
import type { BatchPhase, BatchProgress } from '../domain/progress';
import type { ResultDocument } from '../domain/result';
import { mainActivities, type ActivityLabel } from './activity-options';
import { Announcer } from './announce';
import { toHoldView } from './batch-hold';
import { BatchLog } from './batch-log';
import { BatchObserver } from './batch-observer';
import { BatchOrders } from './batch-orders';
import { BatchPreparation } from './batch-preparation';
import { BatchProvisioning } from './batch-provisioning';
import { isStuck, isWindingUp, listParkedChunks, toBatchProgress } from './batch-progress';
import { createBatchResult } from './batch-result';
import { BatchSurvey } from './batch-survey';
import { isToRelease, releaseResult } from './batch-release';
import type { ChunkContext } from './chunk-input';
import { toCurrentDetails } from './current-details';
import { toNotAdmitted } from './failures';
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
type Admitted = Pick<BatchCarry, 'frozen' | 'generation' | 'tuning' | 'prices'>;

/** What a batch has once it is let in. */
interface Begun {
  readonly admitted: Admitted;
  readonly provisioning: BatchProvisioning;
  readonly announcer: Announcer;
}

/** What later runs, and other batches of the tenant, must know of this one. */
function toMemo({ frozen, prices }: Admitted): Record<string, unknown> {
  return { [FROZEN_MEMO]: frozen, ...(prices === undefined ? {} : { [PRICES_MEMO]: prices }) };
}

const OVER: readonly BatchPhase[] = ['finishing', 'releasing', 'done'];

/** The life of one batch: admitted, provisioned by its shards, finished, announced. */
export class BatchLife {
  private readonly startedAtMs: number;
  private readonly log: BatchLog;
  private readonly observer = new BatchObserver();
  private readonly attributes: SearchAttributeWriter;
  /** What operators have ordered. */
  readonly orders: BatchOrders;
  private readonly survey: BatchSurvey;
  private readonly preparation: BatchPreparation;
  private begun: Begun | null = null;
  private stage: Exclude<BatchPhase, 'paused' | 'parked' | 'auditing'> = 'starting';

  constructor(private readonly submission: BatchSubmission) {
    const { request, carry } = submission;
    this.attributes = new SearchAttributeWriter(request);
    this.log = new BatchLog(carry?.log ?? []);
    this.survey = new BatchSurvey(request, carry);
    this.startedAtMs = carry?.startedAtMs ?? Date.now();
    this.orders = new BatchOrders({
      ...{ request, carry },
      startedAtMs: this.startedAtMs,
      log: this.log,
      tellShards: (action) => this.tellShards(action),
      onChange: () => this.changed(),
    });
    this.preparation = new BatchPreparation({
      ...{ request, survey: this.survey, orders: this.orders },
      onWaiting: () => this.enter('awaitingApproval'),
    });
    // Before any message comes: the first ones of a continued run are about its shards.
    if (carry !== null) this.begin(carry);
  }

  /** Runs the batch to its end, or to the point where the next run goes on. */
  async run(): Promise<ResultDocument> {
    this.changed();
    const { admitted, provisioning, announcer } = this.begun ?? this.begin(await this.admit());
    upsertMemo(toMemo(admitted));
    this.attributes.setSearchable(admitted.tuning.isSearchable);
    if (this.submission.carry === null) await this.preparation.run(admitted);
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

  /** Passes an order on; whoever retries wants today's prices. */
  private tellShards(action: ShardAction): void {
    const { begun, survey } = this;
    if (begun === null) return;
    const { fleet } = begun.provisioning;
    fleet.act(action);
    if (action.type !== 'retry') return;
    void survey.askAgain(begun.admitted.frozen).then((bars) => {
      if (bars !== null) fleet.act({ type: 'bars', bars });
    });
  }

  /** What a person has to approve now. */
  get approval(): PendingApproval | null {
    return this.preparation.approval;
  }

  get isEnding(): boolean {
    const isOver = OVER.includes(this.stage);
    return this.isToEnd || isOver || isWindingUp(this.reports);
  }

  private get isToEnd(): boolean {
    const isOverdue = this.begun?.provisioning.isOverdue ?? false;
    return this.orders.cancellation !== null || isOverdue;
  }

  /** Whether it waits for something that a probe could find mended. */
  get isWaiting(): boolean {
    return this.reports.some(({ gate, hold }) => gate !== null || hold !== null);
  }

  /** Where a deadline can be moved to at most, ms since the epoch. */
  get deadlineMaxAtMs(): number {
    return this.startedAtMs + LIMITS.deadlineMaxMs;
  }

  /** What becomes of what was bought when nobody says otherwise. */
  get onCancel(): InstanceFate {
    return this.submission.request.policy.onCancel ?? 'keep';
  }

  /** Names of the parked chunks. */
  listParked(): readonly string[] {
    return listParkedChunks(this.reports).map(({ chunk }) => chunk);
  }

  /** Whether a retry would do anything: something is parked, held, or waits at a gate. */
  get isRetryUseful(): boolean {
    return this.reports.some((report) => needsPerson(report) || report.gate !== null);
  }

  /** Takes the report of a shard that is a workflow of its own. */
  takeReport(report: unknown): void {
    if (!isShardReport(report)) {
      return logEvent(log, 'message-ignored', { action: SHARD_SIGNALS.report });
    }
    this.begun?.provisioning.fleet.take(report);
  }

  toProgress(): BatchProgress {
    const { request } = this.submission;
    return toBatchProgress(request, this.reports, {
      account: this.begun?.admitted.frozen.account ?? null,
      generation: this.begun?.admitted.generation ?? 0,
      phase: this.toPhase(),
      needsOperator: this.approval !== null || (!this.isEnding && this.reports.some(needsPerson)),
      approval: this.approval,
      ...toHoldView({
        isPaused: this.orders.isPaused,
        reports: this.reports,
        log: this.log.entries,
      }),
      startedAtMs: this.startedAtMs,
      deadlineAtMs: this.orders.deadlineAtMs,
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
    if (answer.kind === 'refused') {
      this.observer.refused(answer.refusal);
      throw toNotAdmitted(answer.refusal);
    }
    const { frozen: plan, generation } = answer;
    this.observer.admitted({ account: plan.account, generation, slots: countSlots(request) });
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
      getChunksInFlight: () => this.orders.chunksInFlight,
      getDeadlineAtMs: () => this.orders.deadlineAtMs,
      carry,
      log,
      getLimits: () => this.survey.limits,
      isBusy: () => this.survey.isAsking,
      isPaused: () => this.orders.isPaused,
      getCancellation: () => this.orders.cancellation?.ending ?? null,
      onChange: () => this.changed(),
    });
    const announced = carry?.announced ?? null;
    const announcer = new Announcer({ request, frozen, tuning, log, carry: announced });
    this.begun = { admitted, provisioning, announcer };
    return this.begun;
  }

  /** What the next run goes on with; to be taken in the moment in which this one ends. */
  private toCarry({ fleet, isOverdue }: BatchProvisioning, admitted: Admitted): BatchCarry {
    const { frozen, generation, tuning, prices } = admitted;
    return {
      frozen,
      generation,
      tuning,
      ...(prices === undefined ? {} : { prices }),
      startedAtMs: this.startedAtMs,
      ...this.orders.toCarry(),
      isOverdue,
      round: fleet.round,
      log: this.log.entries,
      announced: this.begun?.announcer.toCarry() ?? null,
      runners: fleet.toCarry(),
      limits: this.survey.limits,
      tally: this.survey.toTally(),
    };
  }

  private async finish(
    reports: readonly ShardReport[],
    admitted: Admitted,
  ): Promise<ResultDocument> {
    this.enter('finishing');
    const { request } = this.submission;
    const document = createBatchResult({
      ...{ request, admitted, reports, startedAtMs: this.startedAtMs },
      tally: this.survey.toTally(),
      log: this.log.entries,
      isCancelled: this.orders.cancellation !== null,
    });
    const answer = await mainActivities(this.label('store the result')).finish({
      document,
      shards: reports.map(({ shard }) => shard),
    });
    this.observer.finished(answer.document);
    const { cancellation } = this.orders;
    if (!isToRelease(answer.document, request, cancellation)) {
      return answer.document;
    }
    this.enter('releasing');
    return releaseResult(answer.document, cancellation);
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
    if (this.orders.isPaused) return 'paused';
    return !this.isToEnd && isStuck(this.reports) ? 'parked' : 'provisioning';
  }

  private toContext({ frozen, generation }: Omit<Admitted, 'tuning'>): ChunkContext {
    return { request: this.submission.request, frozen, generation };
  }

  private label(summary: string): ActivityLabel {
    return { summary, tenant: this.submission.request.tenant };
  }
}
