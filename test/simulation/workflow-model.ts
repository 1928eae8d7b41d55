import { withLimits, type ShardLimits } from '../../src/domain/batch-limits';
import { InvariantWatch } from '../../src/domain/invariant-watch';
import type { Violation } from '../../src/domain/invariants';
import { listIgnoredIds } from '../../src/domain/home-chunk-state';
import type { PlacementBar } from '../../src/domain/price-cap';
import type { Proof, Since } from '../../src/domain/proof';
import { isQuiet, resumeShard, withContinuedProof } from '../../src/domain/shard-carry';
import type {
  ShardCommand,
  ShardContext,
  ShardEvent,
  ShardStep,
} from '../../src/domain/shard-event';
import {
  getHome,
  isBought,
  listPaths,
  wasEverOpen,
  withProof,
  type Shard,
} from '../../src/domain/shard-state';
import { toCreateCall, SHARD_RULES, type BatchPlan } from './batch-plan';
import { applyWithout, toNothingLeft, toOnePath, withEveryProof, withOldWaits } from './lies';
import type { Rule } from './rules';
import type { CreateInput } from './worker-model';

/** What has happened to a run, as its history would have it: the state is a function of these. */
export type Entry = EntryBody & { readonly atMs: number; readonly answers?: string };

/** What an entry says; `answers` above is the key of what it ends. */
export type EntryBody =
  | {
      readonly type: 'proved';
      readonly answer: ProofAnswer;
      /** What was asked before it; null in a run that goes on from another one. */
      readonly limits: ShardLimits | null;
    }
  | { readonly type: 'event'; readonly event: ShardEvent }
  | { readonly type: 'waited' }
  | { readonly type: 'tooEarlyToAudit'; readonly since: Since; readonly waitMs: number }
  | { readonly type: 'audited'; readonly orphans: readonly NamedId[] };

/** An instance that no slot owns. */
export interface NamedId {
  readonly id: string;
  readonly name: string;
}

/** What the activity `prove` answers. */
export type ProofAnswer =
  | { readonly kind: 'fresh' | 'continued'; readonly proof: Proof }
  | { readonly kind: 'unsettled'; readonly since: Since; readonly waitMs: number };

/** What a run waits for. Timers have a time; everything else is an activity. */
export type Pending =
  | { readonly kind: 'prove' }
  | {
      readonly kind: 'create';
      readonly home: number;
      readonly path: string;
      readonly input: CreateInput;
      /** What was too dear when it was ordered; news of prices come later than calls. */
      readonly bars: WorkflowModel['bars'];
    }
  | { readonly kind: 'settle'; readonly home: number; readonly since: Since | null }
  | {
      readonly kind: 'control';
      readonly group: number;
      readonly home: number;
      readonly ids: readonly string[];
    }
  | WaitingIds
  | { readonly kind: 'audit'; readonly input: AuditInput }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly then: AfterWait };

/** Instances that are waited for. */
interface WaitingIds {
  readonly kind: 'awaitReady';
  readonly home: number;
  readonly ids: readonly string[];
}

/** What a timer was for. */
type AfterWait =
  | { readonly do: 'settle'; readonly home: number }
  | { readonly do: 'audit'; readonly since: Since }
  | { readonly do: 'tell'; readonly event: ShardEvent };

/** What the closing audit is told. */
export interface AuditInput {
  readonly knownIds: readonly string[];
  readonly wasOpen: boolean;
  readonly proofs: readonly (Proof | null)[];
  readonly since: Since | null;
}

/** What a run carries into the next one by continue-as-new: no timers, and nothing in flight. */
export interface Carried {
  readonly shard: Shard;
  readonly waiting: readonly WaitingIds[];
  /** What the run could prove: by `prove`, or by its settles. */
  readonly proof: Proof;
  /** Placements that it knew to be too dear. */
  readonly bars: readonly PlacementBar[];
}

/** The workflow's own logic around the real shard machine: pure, so that a prefix can be replayed. */
export class WorkflowModel {
  shard: Shard;
  orphans: readonly string[] | null = null;
  violations: readonly Violation[] = [];
  readonly pending = new Map<string, Pending>();
  private readonly watch = new InvariantWatch();
  /** Instances that were called orphans before their time; only a lie fills it. */
  private readonly surplus = new Set<string>();
  private proof: Proof | null = null;
  /** What the run was last told to be too dear, whatever the machine makes of it. */
  bars: readonly PlacementBar[];
  /** Orders that came before the run was proven. */
  private early: ShardEvent[] = [];
  private isAuditing = false;
  /** By which moment empty slots were offered what the audit had found; null when none were. */
  private offeredSince: Since | null = null;
  private serial = 0;
  private nowMs = 0;

  constructor(
    private readonly plan: BatchPlan,
    private readonly options: {
      readonly generation: number;
      readonly carried: Carried | null;
      readonly off: ReadonlySet<Rule>;
    },
  ) {
    this.shard = options.carried?.shard ?? plan.shard;
    this.bars = options.carried?.bars ?? [];
    this.await({ kind: 'prove' });
  }

  /** Whether the machine goes on by itself: proven, and not at its end. */
  get isBuying(): boolean {
    return this.proof !== null && !this.isAuditing;
  }

  /** Whether it obeys an event from outside, be it later: an early one can only be an order. */
  isOpenTo({ type }: ShardEvent): boolean {
    return this.isBuying || (this.proof === null && type !== 'home' && type !== 'drain');
  }

  /** What the next run is given once this one is drained; null as long as it must go on. */
  toCarried(): Carried | null {
    if (this.proof === null || !this.isBuying || !this.shard.isDraining) return null;
    const pending = [...this.pending.values()];
    if (!isQuiet(this.shard) || pending.some(({ kind }) => kind === 'settle')) return null;
    const waiting = pending.filter((each) => each.kind === 'awaitReady');
    return { shard: this.shard, waiting, proof: this.proof, bars: this.bars };
  }

  apply(entry: Entry): void {
    this.nowMs = entry.atMs;
    const answered = entry.answers === undefined ? undefined : this.pending.get(entry.answers);
    if (entry.answers !== undefined) this.pending.delete(entry.answers);
    switch (entry.type) {
      case 'proved':
        this.prove(entry.answer, entry.limits);
        break;
      case 'event':
        if (this.proof === null) this.keepEarly(entry.event);
        else this.toShard(entry.event);
        break;
      case 'waited':
        if (answered?.kind === 'wait') this.follow(answered.then);
        break;
      case 'tooEarlyToAudit':
        this.wait(entry.waitMs, { do: 'audit', since: entry.since });
        break;
      case 'audited':
        if (answered?.kind !== 'audit' || !this.offerUnowned(entry.orphans, answered.input.since)) {
          this.orphans = [...entry.orphans.map(({ id }) => id), ...this.surplus];
          return;
        }
        break;
    }
    this.endWhenBought();
    this.auditAgainWhenBought();
  }

  private prove(answer: ProofAnswer, limits: ShardLimits | null): void {
    const { carried } = this.options;
    const bars = this.early.flatMap((event) => (event.type === 'bars' ? [event.bars] : []))[0];
    if (limits !== null) this.limit({ ...limits, bars: bars ?? limits.bars });
    else if (bars !== undefined) this.limit({ bars, pools: [] });
    this.proof = answer.kind === 'unsettled' ? { runId: answer.since.runId } : answer.proof;
    for (const waiting of carried?.waiting ?? []) this.await(waiting);
    if (carried === null) this.begin(answer);
    else this.resume(carried, answer);
    this.obeyEarly();
  }

  private limit({ bars, pools }: ShardLimits): void {
    this.bars = bars;
    const isTold = !this.options.off.has('bars-hold');
    this.shard = withLimits(this.shard, { bars: isTold ? bars : [], pools });
  }

  /** Doubt comes before what was ordered early, and that before anything is sent. */
  private begin(answer: ProofAnswer): void {
    if (answer.kind !== 'unsettled') {
      this.shard = withProof(this.shard, answer.proof);
      this.obeyEarly();
      return this.toShard({ type: 'start' });
    }
    if (this.options.off.has('doubt-before-orders')) this.obeyEarly();
    this.toShard({ ...answer, type: 'doubt' });
  }

  /** Of prices only the last word counts. */
  private keepEarly(event: ShardEvent): void {
    const isNews = event.type === 'bars';
    this.early = [...this.early.filter(({ type }) => !(isNews && type === 'bars')), event];
  }

  private obeyEarly(): void {
    for (const event of this.early.splice(0)) this.toShard(event);
  }

  private resume({ proof }: Carried, answer: ProofAnswer): void {
    const { off } = this.options;
    if (answer.kind === 'continued') {
      this.shard = off.has('stale-stays-stale')
        ? withEveryProof(this.shard, answer.proof)
        : withContinuedProof(this.shard, proof, answer.proof);
    }
    const doubt = answer.kind === 'unsettled' ? answer : null;
    if (off.has('settle-waits-anew')) this.shard = withOldWaits(this.shard, this.proof!);
    this.take(resumeShard(this.shard, this.toContext(), { doubt }));
  }

  private toShard(told: ShardEvent): void {
    if (told.type === 'bars') {
      this.bars = told.bars;
      if (this.options.off.has('bars-hold')) return;
    }
    const event = this.toBelieved(told);
    this.take(applyWithout(this.options.off, { shard: this.shard, event }, this.toContext()));
    this.noteSurplus(told);
  }

  private toContext(): ShardContext {
    const isBounded = !this.options.off.has('replacements-end');
    const replacementsMax = isBounded ? this.plan.replacementsMax : Infinity;
    return { rules: { ...SHARD_RULES, replacementsMax }, nowMs: this.nowMs };
  }

  /** What the machine is told of what a settle has found. */
  private toBelieved(event: ShardEvent): ShardEvent {
    if (event.type !== 'home' || event.event.type !== 'settled') return event;
    const { off } = this.options;
    const home = getHome(this.shard, event.home);
    const found = event.event.found.filter(({ id }) => !this.surplus.has(id));
    const settled = { ...event.event, found };
    if (off.has('leftover-costs-proof')) return { ...event, event: toNothingLeft(home, settled) };
    if (off.has('one-settle-for-all')) return { ...event, event: toOnePath(home, settled) };
    if (!off.has('surplus-of-the-home-chunk')) return { ...event, event: settled };
    const forOne = toOnePath(home, settled);
    this.addSurplus(found.filter((each) => !forOne.found.includes(each)));
    return { ...event, event: forOne };
  }

  /** R9: what a settle leaves over is called an orphan at once. */
  private noteSurplus(event: ShardEvent): void {
    if (!this.options.off.has('orphans-at-the-end')) return;
    if (event.type !== 'home' || event.event.type !== 'settled') return;
    this.addSurplus(event.event.found);
  }

  private addSurplus(found: readonly { readonly id: string }[]): void {
    const owned = new Set(this.shard.homes.flatMap(listIgnoredIds));
    for (const { id } of found) if (!owned.has(id)) this.surplus.add(id);
  }

  private take(step: ShardStep): void {
    this.shard = step.shard;
    this.violations = this.watch.check(this.shard.homes);
    for (const command of step.commands) this.obey(command);
  }

  private obey(command: ShardCommand): void {
    switch (command.type) {
      case 'create':
        return this.create(command);
      case 'settle':
        return this.wait(command.afterMs, { do: 'settle', home: command.home });
      case 'backOff': {
        const event = { type: 'released', path: command.path } as const;
        return this.tellAfter(command.afterMs, { type: 'home', home: command.home, event });
      }
      case 'probeAfter':
        return this.tellAfter(command.afterMs, { type: 'probeDue', gate: command.gate });
      case 'control':
        return this.await({ ...command, kind: 'control' });
      case 'awaitReady':
        return this.await({ kind: 'awaitReady', home: command.home, ids: command.ids });
    }
  }

  private create(command: Extract<ShardCommand, { type: 'create' }>): void {
    const home = getHome(this.shard, command.home);
    const path = home.paths.find(({ name }) => name === command.path)!;
    const { generation, off } = this.options;
    const isBodyInToken = !off.has('body-in-token');
    const call = toCreateCall(this.plan, { home, path, generation }, isBodyInToken);
    const ignoreIds = [...command.ignoreIds, ...this.surplus].filter(
      (id) => !off.has('replaced-are-ignored') || !home.replacedIds.includes(id),
    );
    const input = { call, ignoreIds, proof: path.proof };
    const { bars } = this;
    this.await({ kind: 'create', home: command.home, path: command.path, input, bars });
  }

  private follow(then: AfterWait): void {
    switch (then.do) {
      case 'settle': {
        const { since } = getHome(this.shard, then.home);
        return this.await({ kind: 'settle', home: then.home, since });
      }
      case 'audit':
        return this.await({ kind: 'audit', input: this.toAuditInput(then.since) });
      case 'tell':
        return this.toShard(then.event);
    }
  }

  private endWhenBought(): void {
    if (!this.isBuying || !this.isAtEnd) return;
    this.isAuditing = true;
    this.await({ kind: 'audit', input: this.toAuditInput(null) });
  }

  private auditAgainWhenBought(): void {
    if (this.offeredSince === null || !this.isAtEnd || this.isComparing) return;
    this.await({ kind: 'audit', input: this.toAuditInput(this.offeredSince) });
  }

  private get isAtEnd(): boolean {
    const isReading = [...this.pending.values()].some(({ kind }) => kind === 'awaitReady');
    return !isReading && isBought(this.shard);
  }

  /** Whether the audit has an activity or a timer. */
  private get isComparing(): boolean {
    return [...this.pending.values()].some(
      (each) => each.kind === 'audit' || (each.kind === 'wait' && each.then.do === 'audit'),
    );
  }

  /** Once: whether any empty slot looks whether something of this is its own. */
  private offerUnowned(orphans: readonly NamedId[], since: Since | null): boolean {
    const isOff = this.options.off.has('audit-offers-first');
    if (isOff || since === null || this.offeredSince !== null) return false;
    this.toShard({ type: 'unowned', names: orphans.map(({ name }) => name), since });
    if (this.isAtEnd) return false;
    this.offeredSince = since;
    return true;
  }

  private toAuditInput(since: Since | null): AuditInput {
    const { homes } = this.shard;
    return {
      knownIds: homes.flatMap(listIgnoredIds),
      wasOpen: wasEverOpen(this.shard),
      proofs: listPaths(this.shard).map(({ path }) => path.proof),
      since,
    };
  }

  /** One timer for each event, so that a gate has one however often it is set. */
  private tellAfter(afterMs: number, event: ShardEvent): void {
    this.wait(afterMs, { do: 'tell', event }, JSON.stringify(event));
  }

  private wait(afterMs: number, then: AfterWait, key?: string): void {
    this.await({ kind: 'wait', untilMs: this.nowMs + afterMs, then }, key);
  }

  private await(pending: Pending, key?: string): void {
    this.serial += 1;
    this.pending.set(key ?? `${pending.kind}-${this.serial}`, { ...pending });
  }
}
