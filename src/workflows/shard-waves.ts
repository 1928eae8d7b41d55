import { CancellationScope } from '@temporalio/workflow';
import type { AwaitReadyAnswer } from '../contract/activity-types';
import type { WaitingIds } from '../contract/carry';
import type { Engine } from '../domain/batch-request';
import type { Tuning } from '../domain/frozen-plan';
import type { ShardSlice } from '../domain/plan';
import { waitActivities } from './activity-options';
import type { ChunkContext } from './chunk-input';
import { ReadinessWaves, type WavePort } from './readiness-waves';

/** What the waits of a shard are made of. */
export interface ShardWavesOptions {
  readonly context: ChunkContext;
  readonly slice: ShardSlice;
  readonly tuning: Tuning;
  readonly areMoreComing: () => boolean;
  readonly done: WavePort['done'];
}

/** The waits for readiness of one shard: a set of waves for each engine, since a look is for one. */
export class ShardWaves {
  private readonly byEngine = new Map<Engine, ReadinessWaves>();
  private readonly scope = new CancellationScope({ cancellable: true });
  private isStopped = false;

  constructor(private readonly options: ShardWavesOptions) {}

  add(engine: Engine, waiting: WaitingIds): void {
    this.of(engine).add(waiting);
  }

  /** Starts what it is time for; the promises are of the waves that were started. */
  start(): readonly Promise<void>[] {
    if (this.isStopped) return [];
    return [...this.byEngine.values()].flatMap((waves) => waves.start());
  }

  get areIdle(): boolean {
    return [...this.byEngine.values()].every((waves) => waves.isIdle);
  }

  /** Gives up every wait, to be begun again in the next run. */
  stop(): void {
    this.isStopped = true;
    this.scope.cancel();
  }

  get areNoneInFlight(): boolean {
    return [...this.byEngine.values()].every((waves) => waves.areNoneInFlight);
  }

  get stillWaiting(): readonly WaitingIds[] {
    return [...this.byEngine.values()].flatMap((waves) => waves.stillWaiting);
  }

  private of(engine: Engine): ReadinessWaves {
    const known = this.byEngine.get(engine);
    if (known !== undefined) return known;
    const { tuning, areMoreComing, done } = this.options;
    const waves = new ReadinessWaves({
      waveIds: tuning.waveIds,
      areMoreComing,
      await: (ids) => this.scope.run(() => this.await(engine, ids)),
      done,
    });
    this.byEngine.set(engine, waves);
    return waves;
  }

  private await(engine: Engine, ids: readonly string[]): Promise<AwaitReadyAnswer> {
    const { context, slice, tuning } = this.options;
    const { request, frozen, generation } = context;
    const label = { summary: `wait for ${ids.length} instances`, tenant: request.tenant };
    return waitActivities(label, tuning).awaitReady({
      account: frozen.account,
      region: slice.region,
      engine,
      ids,
      deadlineAtMs: Date.now() + request.policy.readyDeadlineMs,
      tenant: request.tenant,
      batchId: request.batchId,
      generation,
      shard: slice.index,
    });
  }
}
