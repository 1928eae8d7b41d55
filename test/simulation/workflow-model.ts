import { findViolations } from '../../src/domain/invariants';
import { listIgnoredIds } from '../../src/domain/home-chunk-state';
import type { Proof, Since } from '../../src/domain/proof';
import { applyToShard } from '../../src/domain/shard';
import { isQuiet, resumeShard, withContinuedProof } from '../../src/domain/shard-carry';
import type { ShardCommand, ShardEvent, ShardStep } from '../../src/domain/shard-event';
import {
  getHome,
  isBought,
  listPaths,
  wasEverOpen,
  withProof,
  type Shard,
} from '../../src/domain/shard-state';
import { toCreateCall, toShardRules, type BatchPlan } from './batch-plan';
import type { Rule } from './rules';
import { LONG_AGO_MS, type CreateInput } from './worker-model';

/** What has happened to a run, as its history would have it: the state is a function of these. */
export type Entry = EntryBody & { readonly atMs: number; readonly answers?: string };

/** What an entry says; `answers` above is the key of what it ends. */
export type EntryBody =
  | { readonly type: 'proved'; readonly answer: ProofAnswer }
  | { readonly type: 'event'; readonly event: ShardEvent }
  | { readonly type: 'waited' }
  | { readonly type: 'tooEarlyToAudit'; readonly since: Since; readonly waitMs: number }
  | { readonly type: 'audited'; readonly orphans: readonly string[] };

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
}

/** The workflow's own logic around the real shard machine: pure, so that a prefix can be replayed. */
export class WorkflowModel {
  shard: Shard;
  orphans: readonly string[] | null = null;
  violations: readonly string[] = [];
  readonly pending = new Map<string, Pending>();
  private proof: Proof | null = null;
  private isAuditing = false;
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
    this.await({ kind: 'prove' });
  }

  /** Whether everything an operator may do is still to the point. */
  get isBuying(): boolean {
    return this.proof !== null && !this.isAuditing;
  }

  /** What the next run is given once this one is drained; null as long as it must go on. */
  toCarried(): Carried | null {
    if (this.proof === null || !this.isBuying || !this.shard.isDraining) return null;
    const pending = [...this.pending.values()];
    if (!isQuiet(this.shard) || pending.some(({ kind }) => kind === 'settle')) return null;
    const waiting = pending.filter((each) => each.kind === 'awaitReady');
    return { shard: this.shard, waiting, proof: this.proof };
  }

  apply(entry: Entry): void {
    this.nowMs = entry.atMs;
    const answered = entry.answers === undefined ? undefined : this.pending.get(entry.answers);
    if (entry.answers !== undefined) this.pending.delete(entry.answers);
    switch (entry.type) {
      case 'proved':
        this.prove(entry.answer);
        break;
      case 'event':
        this.toShard(entry.event);
        break;
      case 'waited':
        if (answered?.kind === 'wait') this.follow(answered.then);
        break;
      case 'tooEarlyToAudit':
        this.wait(entry.waitMs, { do: 'audit', since: entry.since });
        break;
      case 'audited':
        this.orphans = entry.orphans;
        return;
    }
    this.endWhenBought();
  }

  private prove(answer: ProofAnswer): void {
    const { carried } = this.options;
    this.proof = answer.kind === 'unsettled' ? { runId: answer.since.runId } : answer.proof;
    for (const waiting of carried?.waiting ?? []) this.await(waiting);
    const doubt = answer.kind === 'unsettled' ? answer : null;
    if (answer.kind === 'fresh') this.shard = withProof(this.shard, answer.proof);
    if (carried !== null) return this.resume(carried, answer);
    this.toShard(doubt === null ? { type: 'start' } : { ...doubt, type: 'doubt' });
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
    this.take(resumeShard(this.shard, { rules: toShardRules(), nowMs: this.nowMs }, doubt));
  }

  private toShard(event: ShardEvent): void {
    this.take(applyToShard(this.shard, event, { rules: toShardRules(), nowMs: this.nowMs }));
    if (event.type !== 'readiness' || !this.plan.isReplacing) return;
    for (const { id } of event.failed) {
      this.toShard({ type: 'home', home: event.home, event: { type: 'replace', id } });
    }
  }

  private take(step: ShardStep): void {
    this.shard = step.shard;
    this.violations = findViolations(this.shard.homes).map(({ detail }) => detail);
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
    const input = { call, ignoreIds: command.ignoreIds, proof: path.proof };
    this.await({ kind: 'create', home: command.home, path: command.path, input });
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
    const isReading = [...this.pending.values()].some(({ kind }) => kind === 'awaitReady');
    if (!this.isBuying || isReading || !isBought(this.shard)) return;
    this.isAuditing = true;
    this.await({ kind: 'audit', input: this.toAuditInput(null) });
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

/** The lie that everything was proven by the run before. */
function withEveryProof(shard: Shard, proof: Proof): Shard {
  const homes = shard.homes.map((home) => ({
    ...home,
    paths: home.paths.map((path) => ({ ...path, proof })),
  }));
  return { ...shard, homes };
}

/** The lie that a settle has waited long enough before this run began. */
function withOldWaits(shard: Shard, { runId }: Proof): Shard {
  const since = { runId, atMs: LONG_AGO_MS };
  return { ...shard, homes: shard.homes.map((home) => ({ ...home, since })) };
}
