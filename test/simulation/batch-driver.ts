import type { AttemptVerdict } from '../../src/domain/create-attempt';
import type { HomeEvent } from '../../src/domain/home-event';
import type { InvariantName, Violation } from '../../src/domain/invariants';
import type { Since } from '../../src/domain/proof';
import type { SettleDecision } from '../../src/domain/settle-decision';
import type { FoundInstance } from '../../src/domain/settle-deal';
import type { ShardEvent } from '../../src/domain/shard-event';
import { withOtherChunks, type BatchPlan } from './batch-plan';
import type { CloudModel } from './cloud-model';
import { LookActivities, toWaitMs } from './look-activities';
import type { MarketModel } from './market-model';
import type { NetworkModel } from './network-model';
import type { ActivityPlan, Attempt, Run, RunOrigin, TemporalModel } from './temporal-model';
import { CreateWorker, LONG_AGO_MS } from './worker-model';
import {
  WorkflowModel,
  type Carried,
  type Entry,
  type EntryBody,
  type Pending,
  type ProofAnswer,
  type NamedId,
} from './workflow-model';
import type { World } from './world';

const CREATE_BUDGET_MS = 15 * 60_000;
const READINESS_MS = 120_000;

/** Everything outside of the workflow. */
export interface Outside {
  readonly cloud: CloudModel;
  readonly network: NetworkModel;
  readonly temporal: TemporalModel;
  readonly market: MarketModel;
}

/** A run that has continued as new, with its history. */
interface PastRun {
  readonly run: Run;
  readonly entries: readonly Entry[];
  readonly carried: Carried | null;
}

/** Hosts the batch's current run: dispatches what it waits for, and writes its history. */
export class BatchDriver {
  run: Run;
  model: WorkflowModel;
  /** Broken invariants of any state that was ever reached. */
  readonly violations: Violation[] = [];
  entries: Entry[] = [];
  generation = 0;
  /** What the run was given by the one before it. */
  carried: Carried | null = null;
  /** The runs that this one goes on from, as far as they can be reset. */
  private past: PastRun[] = [];
  private readonly dispatched = new WeakSet<Pending>();
  private readonly look: LookActivities;

  constructor(
    private readonly world: World,
    private plan: BatchPlan,
    readonly outside: Outside,
  ) {
    this.look = new LookActivities(world, outside.cloud, outside.temporal);
    this.run = outside.temporal.startRun();
    this.model = this.createModel();
    this.dispatch();
  }

  get isDone(): boolean {
    return this.model.orphans !== null;
  }

  /** Whether a create is in flight. */
  get hasOpenCreate(): boolean {
    return this.run.activities.some(({ isBounded, isClosed }) => isBounded && !isClosed);
  }

  /** What somebody may do in the Temporal UI. */
  resetActivities(): void {
    this.world.trace(() => `${this.run.id}: its activities are reset`);
    this.run.activities.forEach((each) => each.reset());
  }

  /** Adds what an operator or the shard's own policy says. */
  tell(event: Extract<Entry, { type: 'event' }>['event']): void {
    if (!this.isDone && this.model.isOpenTo(event)) this.write({ type: 'event', event });
  }

  /** A new run that knows the first entries of this one, or of a run that this one goes on from. */
  reset(): void {
    const { random } = this.world;
    const base = random.isHit(0.3) && this.past.length > 0 ? random.pick(this.past) : this;
    const length = random.between(0, base.entries.length, 'entry');
    const { run, entries } = base;
    // A reset run begins with the same first event as the run that it is a reset of.
    this.replaceRun(run, `reset of ${run.id} to entry ${length}`);
    this.carried = base.carried;
    this.replay(entries.slice(0, length));
  }

  /** Terminated, or ended, and submitted again. */
  restart(): void {
    this.past = [];
    if (this.world.off.has('frozen-plan')) this.plan = withOtherChunks(this.plan);
    this.replaceRun({}, 'submitted again');
    this.carried = null;
    this.replay([]);
  }

  /** The ended batch is tried again by an operator. */
  startNextGeneration(): void {
    this.generation += 1;
    this.restart();
  }

  /** Once it is drained, with nothing in flight but waits for readiness. */
  private continueAsNew(carried: Carried): void {
    const { run, entries } = this;
    this.past.push({ run, entries, carried: this.carried });
    this.replaceRun({ firstId: run.firstId, continuedId: run.id }, 'continues as new');
    // What is carried goes through a payload.
    this.carried = JSON.parse(JSON.stringify(carried)) as Carried;
    this.replay([]);
  }

  private replaceRun(origin: RunOrigin, why: string): void {
    const { temporal } = this.outside;
    temporal.closeRun(this.run);
    this.run = temporal.startRun(origin);
    this.world.trace(() => `${this.run.id}: ${why}`);
  }

  private replay(entries: Entry[]): void {
    this.entries = entries;
    this.model = this.createModel();
    for (const entry of entries) this.model.apply(entry);
    this.dispatch();
  }

  private createModel(): WorkflowModel {
    return new WorkflowModel(this.plan, {
      generation: this.generation,
      carried: this.carried,
      off: this.world.off,
    });
  }

  private write(entry: EntryBody, answers?: string): void {
    const full = {
      ...entry,
      atMs: this.world.clock.nowMs,
      ...(answers ? { answers } : {}),
    } as Entry;
    this.world.trace(() => `${this.run.id} ${JSON.stringify(entry)}`);
    this.entries.push(full);
    this.model.apply(full);
    this.violations.push(
      ...this.model.violations.filter(({ invariant }) => this.isKept(invariant)),
    );
    this.dispatch();
  }

  /** Turns are what is switched off: that they are not kept is no finding. */
  private isKept(invariant: InvariantName): boolean {
    const { off } = this.world;
    return invariant !== 'one-turn' || !(off.has('turns') || off.has('settling-is-open'));
  }

  private dispatch(): void {
    const carried = this.model.toCarried();
    if (carried !== null) return this.continueAsNew(carried);
    for (const [key, pending] of this.model.pending) {
      if (this.dispatched.has(pending)) continue;
      this.dispatched.add(pending);
      this.start(key, pending);
    }
  }

  private start(key: string, pending: Pending): void {
    if (pending.kind === 'wait') return this.startTimer(key, pending);
    const { temporal } = this.outside;
    const { look } = this;
    const run = this.run;
    switch (pending.kind) {
      case 'prove':
        return this.startLook(
          (attempt) => look.prove(attempt, run, this.carried?.proof ?? null),
          (answer) => this.writeProof(answer as ProofAnswer, key),
        );
      case 'create':
        this.violations.push(...findTooDear(pending, this.model, this.outside.cloud));
        temporal.startActivity(run, this.toCreateActivity(key, pending));
        return;
      case 'settle': {
        const { name } = this.model.shard.homes[pending.home]!;
        return this.startLook(
          (attempt) => look.settle(attempt, pending.since, name),
          (answer) => this.tellHome(pending.home, toSettleEvent(answer), key),
        );
      }
      case 'control': {
        const { name } = this.model.shard.homes[pending.home]!;
        const { group } = pending;
        return this.startLook(
          (attempt) => look.control(attempt, name, pending.ids),
          (answer) =>
            this.writeEvent({ type: 'controlled', group, ...(answer as Controlled) }, key),
        );
      }
      case 'awaitReady': {
        const { home, ids } = pending;
        return this.startLook(
          (attempt) => attempt.after(READINESS_MS, () => look.awaitReady(attempt, ids)),
          (answer) => this.writeEvent({ type: 'readiness', home, ...(answer as Readiness) }, key),
        );
      }
      case 'audit':
        return this.startLook(
          (attempt) => look.audit(attempt, pending.input),
          (answer) => this.writeAudit(answer as AuditAnswer, key),
        );
    }
  }

  private startTimer(key: string, pending: Extract<Pending, { kind: 'wait' }>): void {
    const run = this.run;
    this.world.clock.at(pending.untilMs, () => {
      const isDue = this.run === run && this.model.pending.get(key) === pending;
      if (isDue) this.write({ type: 'waited' }, key);
    });
  }

  /** An activity that only reads is retried until it answers. */
  private startLook(begin: (attempt: Attempt) => void, tell: (answer: unknown) => void): void {
    this.outside.temporal.startActivity(this.run, {
      budgetMs: null,
      start: (attempt) => attempt.after(100, () => begin(attempt)),
      onResult: tell,
      onFailure: () => undefined,
    });
  }

  private toCreateActivity(key: string, pending: PendingCreate): ActivityPlan {
    const { home, path, input } = pending;
    return {
      budgetMs: CREATE_BUDGET_MS,
      start: (attempt) => new CreateWorker(this.world, this.outside, { attempt, input }),
      onResult: (result) =>
        this.tellHome(home, this.toCreateEvent(path, result as CreateResult), key),
      onFailure: () => this.tellHome(home, { type: 'lost', path }, key),
    };
  }

  private toCreateEvent(path: string, { verdict, since }: CreateResult): HomeEvent {
    switch (verdict.kind) {
      case 'created':
      case 'adopted':
        return { type: 'created', path, ids: verdict.ids };
      case 'notExecuted':
      case 'refused':
        return { type: verdict.kind, path, refusal: verdict.refusal };
      case 'unsettled': {
        const { refusal } = verdict;
        const waitMs = since.atMs === LONG_AGO_MS ? 0 : toWaitMs(this.world);
        return { type: 'unsettled', path, since, waitMs, refusal };
      }
      case 'throw':
        return { type: 'lost', path };
    }
  }

  private writeProof(answer: ProofAnswer, key: string): void {
    const limits = this.carried === null ? this.outside.market.survey() : null;
    this.write({ type: 'proved', answer, limits }, key);
  }

  private tellHome(home: number, event: HomeEvent, key: string): void {
    this.writeEvent({ type: 'home', home, event }, key);
  }

  private writeEvent(event: ShardEvent, key: string): void {
    this.write({ type: 'event', event }, key);
  }

  private writeAudit(answer: AuditAnswer, key: string): void {
    if ('orphans' in answer) return this.write({ type: 'audited', ...answer }, key);
    const { since, waitMs } = answer;
    this.write({ type: 'tooEarlyToAudit', since, waitMs }, key);
  }
}

type PendingCreate = Extract<Pending, { kind: 'create' }>;
type Controlled = Pick<Extract<ShardEvent, { type: 'controlled' }>, 'refusal'>;
type Readiness = Pick<Extract<ShardEvent, { type: 'readiness' }>, 'readyCount' | 'failed'>;
type Waiting = Extract<SettleDecision, { kind: 'wait' }>;
type AuditAnswer = Waiting | { readonly orphans: readonly NamedId[] };
type SettleAnswer =
  | Waiting
  | { readonly kind: 'look'; readonly found: FoundInstance[]; readonly proof: { runId: string } };

interface CreateResult {
  readonly verdict: AttemptVerdict;
  readonly since: Since;
}

/**
 * A call for what is too dear. What may have been sent already is repeated first, whatever it costs by
 * now (rule R10): it was sent, was not executed, or a settle has found nothing of it.
 */
function findTooDear(
  { home, path, input, bars }: PendingCreate,
  { shard }: WorkflowModel,
  { sent }: CloudModel,
): readonly Violation[] {
  const { group, placement, token } = input.call;
  if (!bars.some((bar) => bar.group === group && bar.placement === placement)) return [];
  const ordered = shard.homes[home]!.paths.find(({ name }) => name === path);
  const isRepeated = ordered !== undefined && ordered.rounds + ordered.settles > 0;
  if (isRepeated || sent.some((call) => call.token === token)) return [];
  const detail = `${path} is ordered in placement ${placement}, which costs more than its cap`;
  return [{ invariant: 'bars-hold', detail }];
}

function toSettleEvent(result: unknown): HomeEvent {
  const answer = result as SettleAnswer;
  return answer.kind === 'wait'
    ? { type: 'tooEarly', since: answer.since, waitMs: answer.waitMs }
    : { type: 'settled', found: answer.found, proof: answer.proof };
}
