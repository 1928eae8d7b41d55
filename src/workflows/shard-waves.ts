import { CancellationScope, condition } from '@temporalio/workflow';
import type { AwaitReadyAnswer } from '../contract/activity-types';
import type { WaitingIds } from '../contract/carry';
import type { Engine } from '../domain/batch-request';
import { listFollowUpSteps } from '../domain/follow-ups';
import type { FailedInstance } from '../domain/home-chunk-state';
import type { ParkedChunk } from '../domain/progress';
import type { ShardEvent } from '../domain/shard-event';
import { waitActivities } from './activity-options';
import { getGroup } from './chunk-input';
import { orderFollowUp, type FollowUpOrderContext } from './follow-up-orders';
import { FollowUps, type FollowUpsPort } from './follow-ups';
import { ReadinessWaves } from './readiness-waves';

/** What the waits of a shard are made of. */
export interface ShardWavesOptions extends FollowUpOrderContext {
  readonly areMoreComing: () => boolean;
  /** Index in the request of the group of a home chunk. */
  readonly getGroup: (home: number) => number;
  readonly isPaused: () => boolean;
  readonly isEnding: () => boolean;
  readonly done: FollowUpsPort['done'];
  readonly onChange: () => void;
}

/**
 * The way of bought instances to ready: a set of waves for each engine, since a look is for one, and
 * then what their group asks for.
 */
export class ShardWaves {
  private readonly byEngine = new Map<Engine, ReadinessWaves>();
  private readonly followUps: FollowUps;
  private scope = new CancellationScope({ cancellable: true });
  private isStopped = false;

  constructor(private readonly options: ShardWavesOptions) {
    const { context, isPaused, isEnding, done, onChange } = options;
    this.followUps = new FollowUps({
      listSteps: (group) => listFollowUpSteps(getGroup(context.request, group).followUps),
      getGroupName: (group) => getGroup(context.request, group).name,
      order: (place, ids) => this.scope.run(() => orderFollowUp(options, place, ids)),
      untilAllowed: () => this.scope.run(() => condition(() => !isPaused())),
      isEnding,
      done,
      changed: onChange,
    });
  }

  add(waiting: WaitingIds): void {
    const group = getGroup(this.options.context.request, this.options.getGroup(waiting.home));
    this.of(group.spec.engine).add(waiting);
  }

  /** Starts what it is time for; the promises are of the waves that were started. */
  start(): readonly Promise<void>[] {
    if (this.isStopped) return [];
    return [...this.byEngine.values()].flatMap((waves) => waves.start());
  }

  /** Obeys what concerns parked follow-ups; what is stopped begins again in the next run anyway. */
  obey(event: ShardEvent): readonly Promise<void>[] {
    if (event.type === 'unowned') this.goOn();
    if (event.type === 'end') this.followUps.giveUp(null);
    if (event.type === 'skip') this.followUps.giveUp(event.paths);
    return event.type === 'retry' && !this.isStopped ? this.followUps.retry(event.paths) : [];
  }

  get parkedFollowUps(): readonly ParkedChunk[] {
    return this.followUps.rows;
  }

  get areIdle(): boolean {
    const areWavesIdle = [...this.byEngine.values()].every((waves) => waves.isIdle);
    return areWavesIdle && this.followUps.areIdle;
  }

  /** Gives up every wait, to be begun again in the next run. */
  stop(): void {
    this.isStopped = true;
    this.scope.cancel();
  }

  get areNoneInFlight(): boolean {
    const areNone = [...this.byEngine.values()].every((waves) => waves.areNoneInFlight);
    return areNone && this.followUps.areNoneInFlight;
  }

  get stillWaiting(): readonly WaitingIds[] {
    const waiting = [...this.byEngine.values()].flatMap((waves) => waves.stillWaiting);
    return [...waiting, ...this.followUps.stillWaiting];
  }

  /** After an end that has overtaken a drain there is no next run, and an audit may find more. */
  private goOn(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.scope = new CancellationScope({ cancellable: true });
  }

  private of(engine: Engine): ReadinessWaves {
    const known = this.byEngine.get(engine);
    if (known !== undefined) return known;
    const { tuning, areMoreComing } = this.options;
    const waves = new ReadinessWaves({
      waveIds: tuning.waveIds,
      areMoreComing,
      await: (wave) => this.scope.run(() => this.await(engine, wave)),
      done: (wave, failed) => this.deal(wave, failed),
    });
    this.byEngine.set(engine, waves);
    return waves;
  }

  private async await(engine: Engine, wave: readonly WaitingIds[]): Promise<AwaitReadyAnswer> {
    const ids = wave.flatMap((waiting) => waiting.ids);
    const boughtAtMs = Math.max(...wave.map((waiting) => waiting.boughtAtMs));
    const { context, slice, tuning, tally } = this.options;
    const { request, frozen, generation } = context;
    const label = { summary: `wait for ${ids.length} instances`, tenant: request.tenant };
    const answer = await waitActivities(label, tuning).awaitReady({
      account: frozen.account,
      region: slice.region,
      engine,
      ids,
      boughtAtMs,
      deadlineAtMs: boughtAtMs + request.policy.readyDeadlineMs,
      tenant: request.tenant,
      batchId: request.batchId,
      generation,
      shard: slice.index,
    });
    tally.add(answer);
    return answer;
  }

  /** Counts what is ready, but for what is to be configured first. */
  private async deal(
    wave: readonly WaitingIds[],
    failed: readonly FailedInstance[],
  ): Promise<void> {
    const lost = new Set(failed.map(({ id }) => id));
    const toConfigure = wave
      .filter(({ home }) => this.hasFollowUps(home))
      .map((waiting) => ({ ...waiting, ids: waiting.ids.filter((id) => !lost.has(id)) }));
    const configured = this.configure(toConfigure);
    for (const { home, ids } of wave) {
      const own = new Set(ids);
      const ownFailed = failed.filter(({ id }) => own.has(id));
      const readyCount = this.hasFollowUps(home) ? 0 : ids.length - ownFailed.length;
      this.options.done(home, readyCount, ownFailed);
    }
    await configured;
  }

  private async configure(waiting: readonly WaitingIds[]): Promise<void> {
    const groups = new Set(waiting.map(({ home }) => this.options.getGroup(home)));
    await Promise.all(
      [...groups].map((group) =>
        this.followUps.run(
          group,
          waiting.filter(({ home }) => this.options.getGroup(home) === group),
        ),
      ),
    );
  }

  private hasFollowUps(home: number): boolean {
    const { context, getGroup: toGroup } = this.options;
    return getGroup(context.request, toGroup(home)).followUps !== undefined;
  }
}
