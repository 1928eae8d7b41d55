import { sleep } from '@temporalio/workflow';
import type { CreateChunkAnswer } from '../contract/activity-types';
import type { Tuning } from '../domain/frozen-plan';
import type { HomeEvent } from '../domain/home-event';
import { toGateKey } from '../domain/gate';
import { planHomeChunks, type ShardSlice } from '../domain/plan';
import type { Proof } from '../domain/proof';
import { applyToShard } from '../domain/shard';
import type { ShardCommand, ShardEvent } from '../domain/shard-event';
import { createShard, getHome, isBought, withProof, type Shard } from '../domain/shard-state';
import { createActivities, lookActivities, waitActivities } from './activity-options';
import {
  getGroup,
  getPlacement,
  toCreateInput,
  toSettleInput,
  type ChunkContext,
} from './chunk-input';
import { ReadinessWaves } from './readiness-waves';
import type { RunTally } from './run-tally';
import { SharedTimers } from './shared-timers';
import { Turns } from './turns';

/** Settles of one shard in flight at once. */
const LOOKS_MAX = 20;

/** What the root needs of a shard, whether it runs in place or elsewhere. */
export interface ShardRunner {
  readonly shard: Shard;
  /** Gives every planned path the proof of this run. */
  adoptProof(proof: Proof): void;
  /** Applies an event and does what follows from it. */
  dispatch(event: ShardEvent): void;
  /** Whether everything is bought or given up, and every bought instance is ready or failed. */
  readonly isDone: boolean;
  /** The first error that no rule covers; it fails the workflow task. */
  readonly failure: unknown;
}

/** What a shard in place is made of. */
export interface InPlaceShardOptions {
  readonly context: ChunkContext;
  readonly slice: ShardSlice;
  readonly tuning: Tuning;
  readonly tally: RunTally;
  /** Called after every event. */
  readonly onChange: () => void;
}

/**
 * Runs a shard inside the workflow of its batch: an interpreter of the state machine's commands, and
 * nothing else.
 */
export class InPlaceShard implements ShardRunner {
  shard: Shard;
  failure: unknown = undefined;
  private readonly timers = new SharedTimers();
  private readonly probeRounds = new Map<string, number>();
  private readonly waves: Map<string, ReadinessWaves> = new Map();
  private creating = 0;
  /** After a reset every home chunk settles at the same moment: more than a server takes at once. */
  private readonly looks = new Turns(LOOKS_MAX);

  constructor(private readonly options: InPlaceShardOptions) {
    const { context, slice, tuning } = options;
    this.shard = createShard(
      planHomeChunks(context.request, context.frozen, slice),
      context.request.groups.map((group) => group.placements.length),
      tuning,
    );
  }

  get isDone(): boolean {
    return isBought(this.shard) && [...this.waves.values()].every((waves) => waves.isIdle);
  }

  adoptProof(proof: Proof): void {
    this.shard = withProof(this.shard, proof);
  }

  dispatch(event: ShardEvent): void {
    const step = applyToShard(this.shard, event, {
      rules: this.options.tuning,
      nowMs: Date.now(),
    });
    this.shard = step.shard;
    for (const command of step.commands) this.follow(this.run(command));
    this.startWaves();
    this.options.onChange();
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
        this.wavesOf(getHome(this.shard, command.home).group).add(command);
        return;
    }
  }

  /** A probe that an operator asked for starts a new pause, which makes the old one void. */
  private async waitForProbe(gate: string, afterMs: number): Promise<void> {
    const round = (this.probeRounds.get(gate) ?? 0) + 1;
    this.probeRounds.set(gate, round);
    await sleep(withJitter(afterMs), { summary: this.describeGate(gate) });
    if (this.probeRounds.get(gate) === round) this.dispatch({ type: 'probeDue', gate });
  }

  private async create(command: Extract<ShardCommand, { type: 'create' }>): Promise<void> {
    const { context, tuning, tally } = this.options;
    const home = getHome(this.shard, command.home);
    const path = home.paths.find((candidate) => candidate.name === command.path);
    if (path === undefined) throw new Error(`no path ${command.path} to create`);
    const input = toCreateInput(context, home, { path, ignoreIds: command.ignoreIds });
    const label = {
      summary: `create ${path.name} (${path.count}) in ${getPlacement(getGroup(context.request, home.group), path.placement).zone}`,
      tenant: context.request.tenant,
    };
    this.creating += 1;
    const answer = await createActivities(label, tuning)
      .createChunk(input)
      .catch(() => null);
    this.creating -= 1;
    if (answer !== null) {
      tally.add(answer);
      if (answer.kind === 'created') tally.addOrder(answer.orderId);
    }
    this.toHome(command.home, toHomeEvent(command.path, answer));
  }

  private async settle(index: number, afterMs: number): Promise<void> {
    const { context, tally } = this.options;
    const home = getHome(this.shard, index);
    if (afterMs > 0) {
      await this.timers.wait(afterMs, 'an uncertain outcome rests before it is looked up');
    }
    const label = { summary: `settle ${home.name}`, tenant: context.request.tenant };
    const input = toSettleInput(context, getHome(this.shard, index));
    const answer = await this.looks.take(() => lookActivities(label).settle(input));
    tally.add(answer);
    this.toHome(
      index,
      answer.kind === 'settled'
        ? { type: 'settled', found: answer.found, proof: answer.proof }
        : { type: 'tooEarly', since: answer.since, waitMs: answer.waitMs },
    );
  }

  private async control(command: Extract<ShardCommand, { type: 'control' }>): Promise<void> {
    const { context, tally } = this.options;
    const home = getHome(this.shard, command.home);
    const { account, region, engine, name } = toSettleInput(context, home);
    const label = {
      summary: `control the names of ${home.groupName}`,
      tenant: context.request.tenant,
    };
    const { ids } = command;
    const answer = await lookActivities(label).control({ account, region, engine, name, ids });
    tally.add(answer);
    this.dispatch({ type: 'controlled', group: command.group, refusal: answer.refusal });
  }

  private toHome(home: number, event: HomeEvent): void {
    this.dispatch({ type: 'home', home, event });
  }

  /** One set of waves for each engine, since a look is for one engine. */
  private wavesOf(groupIndex: number): ReadinessWaves {
    const { context, tuning, tally, slice } = this.options;
    const { engine } = getGroup(context.request, groupIndex).spec;
    const known = this.waves.get(engine);
    if (known !== undefined) return known;
    const { request, frozen, generation } = context;
    const waves = new ReadinessWaves({
      waveIds: tuning.waveIds,
      areMoreComing: () => this.creating > 0,
      await: async (ids) => {
        const label = { summary: `wait for ${ids.length} instances`, tenant: request.tenant };
        const answer = await waitActivities(label, tuning).awaitReady({
          account: frozen.account,
          region: slice.region,
          engine,
          ids,
          deadlineAtMs: Date.now() + request.policy.readyDeadlineMs,
          tenant: request.tenant,
          batchId: request.batchId,
          generation,
        });
        tally.add(answer);
        return answer;
      },
      done: (home, readyCount, failed) =>
        this.dispatch({ type: 'readiness', home, readyCount, failed }),
    });
    this.waves.set(engine, waves);
    return waves;
  }

  private startWaves(): void {
    for (const waves of this.waves.values()) {
      for (const wave of waves.start()) this.follow(wave);
    }
  }

  private describeGate(key: string): string {
    const gate = this.shard.gates.find((candidate) => toGateKey(candidate) === key);
    return `waiting at the ${gate?.cause ?? ''} gate (${gate?.refusal.code ?? key})`;
  }
}

function toHomeEvent(path: string, answer: CreateChunkAnswer | null): HomeEvent {
  if (answer === null) return { type: 'lost', path };
  switch (answer.kind) {
    case 'created':
    case 'adopted':
      return { type: 'created', path, ids: answer.ids };
    case 'notExecuted':
      return { type: 'notExecuted', path, refusal: answer.refusal };
    case 'refused':
      return { type: 'refused', path, refusal: answer.refusal };
    case 'unsettled':
      return {
        type: 'unsettled',
        path,
        since: answer.since,
        waitMs: answer.waitMs,
        refusal: answer.refusal,
      };
  }
}

/** Spreads waits by a tenth each way; the workflow's own randomness is the same in a replay. */
function withJitter(ms: number): number {
  return Math.max(1, Math.round(ms * (0.9 + 0.2 * Math.random())));
}
