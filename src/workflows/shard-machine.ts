import { condition, sleep } from '@temporalio/workflow';
import type { ProveAnswer } from '../contract/activity-types';
import type { ShardCarry, WaitingIds } from '../contract/carry';
import { withLimits, type ShardLimits } from '../domain/batch-limits';
import type { Tuning } from '../domain/frozen-plan';
import { toGateKey } from '../domain/gate';
import type { HomeEvent } from '../domain/home-event';
import { planHomeChunks, type ShardSlice } from '../domain/plan';
import type { ParkedChunk } from '../domain/progress';
import type { Unsettled } from '../domain/proof';
import { applyAllToShard } from '../domain/shard';
import { isQuiet, resumeShard, withContinuedProof } from '../domain/shard-carry';
import type { ShardCommand, ShardContext, ShardEvent, ShardStep } from '../domain/shard-event';
import { createShard, getHome, isBought, withProof, type Shard } from '../domain/shard-state';
import type { ChunkContext } from './chunk-input';
import { orderControl, orderCreate, orderSettle } from './chunk-orders';
import type { RunTally } from './run-tally';
import { ShardObserver } from './shard-observer';
import { ShardWaves } from './shard-waves';
import { SharedTimers } from './shared-timers';
import { StateGuard } from './state-guard';
import { Turns } from './turns';

/** Settles of one shard in flight at once. */
const LOOKS_MAX = 20;

/** What the interpreter of a shard is made of. */
export interface ShardMachineOptions {
  readonly context: ChunkContext;
  readonly slice: ShardSlice;
  readonly tuning: Tuning;
  readonly tally: RunTally;
  /** Left by an earlier run: known from the start, gone on with by {@link ShardMachine.resume}. */
  readonly carry: ShardCarry | null;
  /** Called after every event. */
  readonly onChange: () => void;
}

/** Interprets the commands of a shard's state machine, and does nothing else. */
export class ShardMachine {
  shard: Shard;
  /** The first error that no rule covers; it fails the workflow task. */
  failure: unknown = undefined;
  private readonly guard = new StateGuard();
  private readonly timers = new SharedTimers();
  private readonly probeRounds = new Map<string, number>();
  private readonly observer: ShardObserver;
  private readonly waves: ShardWaves;
  private creating = 0;
  private looking = 0;
  /** After a reset every home chunk settles at the same moment: more than a server takes at once. */
  private readonly looks = new Turns(LOOKS_MAX);

  constructor(private readonly options: ShardMachineOptions) {
    const { context, slice, tuning } = options;
    this.shard =
      options.carry?.shard ??
      createShard(
        planHomeChunks(context.request, context.frozen, slice),
        context.request.groups.map((group) => group.placements.length),
        tuning,
      );
    this.observer = new ShardObserver(context, slice);
    this.waves = new ShardWaves({
      ...options,
      areMoreComing: () => this.creating > 0,
      getGroup: (home) => getHome(this.shard, home).group,
      isPaused: () => this.shard.isPaused && this.shard.ending === null,
      isEnding: () => this.shard.ending !== null,
      done: (home, readyCount, failed) =>
        this.dispatch({ type: 'readiness', home, readyCount, failed }),
    });
  }

  /** Whether everything is bought or given up, and every bought instance is ready or failed. */
  get isDone(): boolean {
    return isBought(this.shard) && this.waves.areIdle;
  }

  /** Follow-ups that wait for a person. */
  get parkedFollowUps(): readonly ParkedChunk[] {
    return this.waves.parkedFollowUps;
  }

  /** Takes what is known of its placements, before it begins. */
  limit(limits: ShardLimits): void {
    this.shard = withLimits(this.shard, limits);
  }

  /**
   * Begins with what `prove` has found: a proof, or that everything settles first (rule R2). Sends
   * nothing before the next event.
   */
  begin(answer: ProveAnswer): void {
    if (answer.kind === 'unsettled') this.dispatch({ type: 'doubt', ...toUnsettled(answer) });
    else this.shard = withProof(this.shard, answer.proof);
  }

  /**
   * Goes on where an earlier run has left off.
   *
   * @param orders - those that came before, obeyed before anything is sent
   */
  resume(carry: ShardCarry, answer: ProveAnswer, orders: readonly ShardEvent[]): void {
    const isProven = answer.kind !== 'unsettled';
    this.shard = isProven
      ? withContinuedProof(carry.shard, carry.proof, answer.proof)
      : carry.shard;
    for (const waiting of carry.waiting) this.waves.add(waiting);
    const doubt = isProven ? null : toUnsettled(answer);
    this.obeyByWaves(orders);
    this.take(resumeShard(this.shard, this.toContext(), { doubt, orders }));
  }

  /**
   * Brings everything in flight to its end, but for waits that can simply be begun again: nothing of
   * the shard is left outside its state then.
   */
  async drain(): Promise<void> {
    this.dispatch({ type: 'drain' });
    this.waves.stop();
    await condition(() => this.failure !== undefined || this.isDrained);
    if (this.failure !== undefined) throw this.failure;
  }

  get isDrained(): boolean {
    return this.looking === 0 && isQuiet(this.shard) && this.waves.areNoneInFlight;
  }

  /** Ids that still wait for readiness once the shard is drained. */
  get stillWaiting(): readonly WaitingIds[] {
    return this.waves.stillWaiting;
  }

  dispatch(...events: readonly ShardEvent[]): void {
    this.obeyByWaves(events);
    this.take(applyAllToShard(this.shard, events, this.toContext()));
  }

  private obeyByWaves(events: readonly ShardEvent[]): void {
    for (const work of events.flatMap((event) => this.waves.obey(event))) this.follow(work);
  }

  private take(step: ShardStep): void {
    this.guard.checkHomes(step.shard.homes);
    this.observer.note(this.shard, step.shard, step.commands);
    this.shard = step.shard;
    for (const command of step.commands) this.follow(this.run(command));
    for (const wave of this.waves.start()) this.follow(wave);
    this.options.onChange();
  }

  private toContext(): ShardContext {
    const { tuning, context } = this.options;
    const replacementsMax = context.request.policy.replaceFailed ?? 0;
    return { rules: { ...tuning, replacementsMax }, nowMs: Date.now() };
  }

  private follow(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.failure ??= error;
    });
  }

  private async run(command: ShardCommand): Promise<void> {
    switch (command.type) {
      case 'create':
        return this.create(command);
      case 'settle':
        return this.settle(command.home, command.afterMs);
      case 'backOff':
        await sleep(withJitter(command.afterMs), { summary: `next try of ${command.path}` });
        return this.toHome(command.home, { type: 'released', path: command.path });
      case 'probeAfter':
        return this.waitForProbe(command.gate, command.afterMs);
      case 'control':
        return this.control(command);
      case 'awaitReady':
        return this.waves.add({ home: command.home, ids: command.ids, boughtAtMs: Date.now() });
    }
  }

  private async create(command: Extract<ShardCommand, { type: 'create' }>): Promise<void> {
    this.creating += 1;
    const home = getHome(this.shard, command.home);
    const event = await orderCreate({ ...this.options, guard: this.guard }, home, command);
    this.creating -= 1;
    this.toHome(command.home, event);
  }

  private async settle(index: number, afterMs: number): Promise<void> {
    if (afterMs > 0) {
      await this.timers.wait(afterMs, 'an uncertain outcome rests before it is looked up');
    }
    this.looking += 1;
    await this.looks.take(async () => {
      // What would begin while the run drains begins in the next one.
      if (this.shard.isDraining) return;
      this.toHome(index, await orderSettle(this.options, getHome(this.shard, index)));
    });
    this.looking -= 1;
  }

  private async control(command: Extract<ShardCommand, { type: 'control' }>): Promise<void> {
    const home = getHome(this.shard, command.home);
    const { refusal } = await orderControl(this.options, home, command);
    this.dispatch({ type: 'controlled', group: command.group, refusal });
  }

  /** A probe that an operator asked for starts a new pause, which makes the old one void. */
  private async waitForProbe(gate: string, afterMs: number): Promise<void> {
    const round = (this.probeRounds.get(gate) ?? 0) + 1;
    this.probeRounds.set(gate, round);
    await sleep(withJitter(afterMs), { summary: this.describeGate(gate) });
    if (this.probeRounds.get(gate) === round) this.dispatch({ type: 'probeDue', gate });
  }

  private toHome(home: number, event: HomeEvent): void {
    this.dispatch({ type: 'home', home, event });
  }

  private describeGate(key: string): string {
    const gate = this.shard.gates.find((candidate) => toGateKey(candidate) === key);
    return `waiting at the ${gate?.cause ?? ''} gate (${gate?.refusal.code ?? key})`;
  }
}

function toUnsettled({ since, waitMs }: Unsettled): Unsettled {
  return { since, waitMs };
}

/** Spreads waits by a tenth each way; the workflow's own randomness is the same in a replay. */
function withJitter(ms: number): number {
  return Math.max(1, Math.round(ms * (0.9 + 0.2 * Math.random())));
}
