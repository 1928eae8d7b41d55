import { findViolations } from '../../src/domain/invariants';
import { listIgnoredIds } from '../../src/domain/home-chunk-state';
import type { Proof, Since } from '../../src/domain/proof';
import { applyToShard } from '../../src/domain/shard';
import type { ShardCommand, ShardEvent } from '../../src/domain/shard-event';
import {
  getHome,
  isBought,
  listPaths,
  wasEverOpen,
  type Shard,
} from '../../src/domain/shard-state';
import { toCreateCall, toShardRules, type BatchPlan } from './batch-plan';
import type { CreateInput } from './worker-model';

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
  | { readonly kind: 'fresh'; readonly proof: Proof }
  /** `from` is the proof that was carried, and `to` what it is called in this run. */
  | { readonly kind: 'continued'; readonly from: Proof; readonly to: Proof }
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
  | { readonly kind: 'awaitReady'; readonly home: number; readonly ids: readonly string[] }
  | { readonly kind: 'audit'; readonly input: AuditInput }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly then: AfterWait };

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

/** What a run carries into the next one by continue-as-new. */
export interface Carried {
  readonly shard: Shard;
  readonly pending: readonly Pending[];
  readonly proof: Proof | null;
}

/** The workflow's own logic around the real shard machine: pure, so that a prefix can be replayed. */
export class WorkflowModel {
  shard: Shard;
  /** The proof that `prove` gave this run, to be carried on. */
  proof: Proof | null = null;
  orphans: readonly string[] | null = null;
  violations: readonly string[] = [];
  readonly pending = new Map<string, Pending>();
  private isProved = false;
  private isAuditing = false;
  private serial = 0;
  private nowMs = 0;

  constructor(
    private readonly plan: BatchPlan,
    private readonly options: {
      readonly generation: number;
      readonly carried: Carried | null;
      readonly isBodyInToken: boolean;
    },
  ) {
    this.shard = options.carried?.shard ?? plan.shard;
    this.await({ kind: 'prove' });
  }

  /** Whether everything an operator may do is still to the point. */
  get isBuying(): boolean {
    return this.isProved && !this.isAuditing;
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
    this.isProved = true;
    if (answer.kind === 'fresh') this.giveProof(null, answer.proof);
    if (answer.kind === 'continued') this.giveProof(answer.from, answer.to);
    for (const pending of this.options.carried?.pending ?? []) this.await(pending);
    if (answer.kind === 'unsettled') {
      const { since, waitMs } = answer;
      this.toShard({ type: 'doubt', since, waitMs });
    }
    this.toShard({ type: 'start' });
  }

  /** A fresh run gives its proof to all paths; a continued one only renames what it carried. */
  private giveProof(from: Proof | null, to: Proof): void {
    this.proof = to;
    const homes = this.shard.homes.map((home) => ({
      ...home,
      paths: home.paths.map((path) =>
        from === null || path.proof?.runId === from.runId ? { ...path, proof: to } : path,
      ),
    }));
    this.shard = { ...this.shard, homes };
  }

  private toShard(event: ShardEvent): void {
    const step = applyToShard(this.shard, event, { rules: toShardRules(), nowMs: this.nowMs });
    this.shard = step.shard;
    this.violations = findViolations(this.shard.homes).map(({ detail }) => detail);
    for (const command of step.commands) this.obey(command);
    if (event.type !== 'readiness' || !this.plan.isReplacing) return;
    for (const { id } of event.failed) {
      this.toShard({ type: 'home', home: event.home, event: { type: 'replace', id } });
    }
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
    const { generation, isBodyInToken } = this.options;
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
