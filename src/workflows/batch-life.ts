import {
  condition,
  setCurrentDetails,
  sleep,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type { AuditAnswer } from '../contract/activity-types';
import type { ActionNote } from '../contract/messages';
import { FROZEN_MEMO } from '../contract/names';
import { countSlots, type BatchRequest } from '../domain/batch-request';
import { createResultDocument } from '../domain/create-result';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { Ending } from '../domain/home-chunk-state';
import { toIdentityCode } from '../domain/identity';
import { toBatchTag } from '../domain/names';
import { toIdentity } from '../domain/plan';
import { NO_SLOTS, type BatchPhase, type BatchProgress } from '../domain/progress';
import type { Since } from '../domain/proof';
import type { ResultDocument } from '../domain/result';
import { lookActivities, mainActivities, type ActivityLabel } from './activity-options';
import { announce } from './announce';
import { BatchFleet } from './batch-fleet';
import { BatchLog } from './batch-log';
import type { ChunkContext } from './chunk-input';
import { toCurrentDetails } from './current-details';
import { toNotAdmitted } from './failures';
import { RunTally } from './run-tally';
import { SearchAttributeWriter } from './search-attribute-writer';

/** A submitted batch, checked. */
export interface BatchSubmission {
  readonly request: BatchRequest;
  readonly requestHash: string;
  readonly frozen: FrozenPlan | null;
}

/** The life of one batch: admitted, proven, provisioned, audited, finished, announced. */
export class BatchLife {
  private readonly startedAtMs = Date.now();
  private readonly tally = new RunTally();
  private readonly log = new BatchLog();
  private readonly attributes: SearchAttributeWriter;
  private fleet: BatchFleet | null = null;
  private context: ChunkContext | null = null;
  private stage: 'starting' | 'provisioning' | 'auditing' | 'finishing' | 'done' = 'starting';
  private isPaused = false;
  private cancellation: Ending | null = null;

  constructor(private readonly submission: BatchSubmission) {
    this.attributes = new SearchAttributeWriter(submission.request);
  }

  /** Runs the batch to its end. */
  async run(): Promise<ResultDocument> {
    this.changed();
    const tuning = await this.admit();
    const fleet = this.createFleet(tuning);
    await this.prove(fleet);
    await this.provision(fleet);
    const audit = await this.audit(fleet);
    const document = await this.finish(fleet, audit);
    await announce(this.submission.request.notify, document, this.log);
    this.enter('done');
    return document;
  }

  get isEnding(): boolean {
    return this.cancellation !== null || !['starting', 'provisioning'].includes(this.stage);
  }

  get isPausedNow(): boolean {
    return this.isPaused;
  }

  /** Names of the parked chunks. */
  listParked(): readonly string[] {
    return this.fleet?.parked.map(({ chunk }) => chunk) ?? [];
  }

  /** Whether a retry would do anything: something is parked, held, or waits at a gate. */
  get isRetryUseful(): boolean {
    const { fleet } = this;
    return (
      fleet !== null && (fleet.parked.length > 0 || fleet.hold !== null || fleet.gate !== null)
    );
  }

  retry(chunks: readonly string[] | null, note: ActionNote): readonly string[] {
    const touched = chunks ?? this.listParked();
    this.log.record('retryFailed', note, touched.join(', '));
    this.fleet?.dispatch({ type: 'retry', paths: chunks });
    return touched;
  }

  pause(note: ActionNote): void {
    this.isPaused = true;
    this.log.record('pause', note);
    this.fleet?.dispatch({ type: 'pause' });
    this.changed();
  }

  resume(note: ActionNote): void {
    this.isPaused = false;
    this.log.record('resume', note);
    this.fleet?.dispatch({ type: 'resume' });
    this.changed();
  }

  /** Stops everything that is not in flight; what is in flight is awaited and settled first. */
  cancel(note: ActionNote): void {
    if (this.isEnding) return;
    this.log.record('cancel', note);
    this.cancellation = {
      as: 'skipped',
      refusal: { class: 'unknown', code: 'batch-cancelled' },
    };
    this.fleet?.dispatch({ type: 'end', ending: this.cancellation });
    this.changed();
  }

  toProgress(): BatchProgress {
    const { request } = this.submission;
    const slots = countSlots(request);
    const { counts, groups } = this.fleet?.count() ?? {
      counts: { ...NO_SLOTS, slots, planned: slots },
      groups: [],
    };
    return {
      schema: 'tairfleet/progress/v1',
      batchId: request.batchId,
      tenant: request.tenant,
      account: this.context?.frozen.account ?? null,
      generation: this.context?.generation ?? 0,
      phase: this.toPhase(),
      needsOperator: !this.isEnding && (this.fleet?.needsOperator ?? false),
      counts,
      groups,
      gate: this.fleet?.gate ?? null,
      hold: this.toHold(),
      parked: this.fleet?.parked ?? [],
      startedAtMs: this.startedAtMs,
      deadlineAtMs: this.startedAtMs + request.policy.deadlineMs,
      log: this.log.entries,
    };
  }

  private async admit(): Promise<Tuning> {
    const { request, requestHash, frozen } = this.submission;
    const answer = await mainActivities(this.label('admit the batch and fix its plan')).admit({
      request,
      requestHash,
      frozen,
      firstExecutionRunId: workflowInfo().firstExecutionRunId,
    });
    if (answer.kind === 'refused') throw toNotAdmitted(answer.refusal);
    upsertMemo({ [FROZEN_MEMO]: answer.frozen });
    this.context = { request, frozen: answer.frozen, generation: answer.generation };
    this.attributes.setSearchable(answer.tuning.isSearchable);
    this.changed();
    return answer.tuning;
  }

  private createFleet(tuning: Tuning): BatchFleet {
    const fleet = new BatchFleet({
      context: this.getContext(),
      tuning,
      tally: this.tally,
      onChange: () => this.changed(),
    });
    this.fleet = fleet;
    if (this.isPaused) fleet.dispatch({ type: 'pause' });
    return fleet;
  }

  private async prove(fleet: BatchFleet): Promise<void> {
    const { frozen } = this.getContext();
    const answer = await lookActivities(this.label('prove that nothing was bought before')).prove({
      account: frozen.account,
      batchTag: this.toBatchTag(),
      places: BatchFleet.listPlaces(this.getContext()),
      firstExecutionRunId: workflowInfo().firstExecutionRunId,
    });
    this.tally.add(answer);
    this.enter('provisioning');
    fleet.takeProof(answer.kind === 'fresh' ? { proof: answer.proof } : answer);
    const ending = this.cancellation;
    fleet.dispatch(ending === null ? { type: 'start' } : { type: 'end', ending });
  }

  private async provision(fleet: BatchFleet): Promise<void> {
    const isOver = (): boolean => fleet.isDone || fleet.failure !== undefined;
    const leftMs = this.startedAtMs + this.submission.request.policy.deadlineMs - Date.now();
    const isInTime = await condition(isOver, Math.max(1, leftMs));
    if (!isInTime) {
      this.log.record('deadline', {}, 'the deadline of the batch has passed');
      const refusal = { class: 'unknown', code: 'batch-deadline' } as const;
      fleet.dispatch({ type: 'end', ending: { as: 'parked', refusal } });
      await condition(isOver);
    }
    if (fleet.failure !== undefined) throw fleet.failure;
  }

  private async audit(fleet: BatchFleet): Promise<AuditAnswer> {
    this.enter('auditing');
    let since: Since | null = null;
    for (;;) {
      const answer: AuditAnswer = await lookActivities(
        this.label('compare what exists with what the batch owns'),
      ).audit({
        account: this.getContext().frozen.account,
        batchTag: this.toBatchTag(),
        places: BatchFleet.listPlaces(this.getContext()),
        ownedIds: fleet.listKnownIds(),
        isClean: fleet.isClean,
        proofs: fleet.listProofs(),
        since,
      });
      this.tally.add(answer);
      if (answer.kind !== 'unsettled') return answer;
      since = answer.since;
      await sleep(answer.waitMs, { summary: 'late instances may still show up' });
    }
  }

  private async finish(fleet: BatchFleet, audit: AuditAnswer): Promise<ResultDocument> {
    this.enter('finishing');
    const context = this.getContext();
    if (audit.kind === 'compared') fleet.markMissing(audit.missing);
    const document = createResultDocument({
      ...context,
      ...fleet.count(),
      ...this.tally.toDocumentPart(),
      parked: fleet.parked,
      orphans: audit.kind === 'compared' ? audit.orphans : [],
      missing: audit.kind === 'compared' ? audit.missing : [],
      log: this.log.entries,
      isCancelled: this.cancellation !== null,
      startedAtMs: this.startedAtMs,
      finishedAtMs: Date.now(),
      firstRunId: workflowInfo().firstExecutionRunId,
    });
    const answer = await mainActivities(this.label('store the result')).finish({
      document,
      owned: fleet.listOwnedPaths(),
      failed: fleet.listFailed(),
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
    setCurrentDetails(toCurrentDetails(progress));
  }

  private toPhase(): BatchPhase {
    if (this.stage !== 'provisioning') return this.stage;
    if (this.isPaused) return 'paused';
    const { fleet } = this;
    if (fleet === null || !fleet.needsOperator || this.cancellation !== null) return 'provisioning';
    const { planned, creating, gated, starting } = fleet.count().counts;
    const isStuck = creating + gated + starting === 0 && (planned === 0 || fleet.hold !== null);
    return isStuck ? 'parked' : 'provisioning';
  }

  private toHold(): string | null {
    if (this.isPaused) return 'paused by an operator';
    const hold = this.fleet?.hold;
    return hold == null ? null : `${hold.code}: ${hold.message ?? 'a problem of the account'}`;
  }

  private getContext(): ChunkContext {
    if (this.context === null) throw new Error('the batch is not admitted yet');
    return this.context;
  }

  private toBatchTag(): string {
    const { request, frozen } = this.getContext();
    return toBatchTag(toIdentityCode(toIdentity(request, frozen)));
  }

  private label(summary: string): ActivityLabel {
    return { summary, tenant: this.submission.request.tenant };
  }
}
