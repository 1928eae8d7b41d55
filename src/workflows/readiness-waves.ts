import { isCancellation } from '@temporalio/workflow';
import type { AwaitReadyAnswer } from '../contract/activity-types';
import type { WaitingIds } from '../contract/carry';
import type { FailedInstance } from '../domain/home-chunk-state';

/** How a wave of ids is awaited, and what becomes of the answer. */
export interface WavePort {
  /** Largest number of ids in one wave. */
  readonly waveIds: number;
  /** Whether more ids may join soon, so that it pays to wait for a fuller wave. */
  areMoreComing(): boolean;
  await(wave: readonly WaitingIds[]): Promise<AwaitReadyAnswer>;
  /** Takes the answer for a wave; resolves when nothing about it is in flight any more. */
  done(wave: readonly WaitingIds[], failed: readonly FailedInstance[]): Promise<void>;
}

/**
 * Gathers bought ids into waves, one waiting activity each: not one per instance, and few per chunk.
 * A wave starts when nothing is being awaited, when it is full, or when no more ids are coming.
 */
export class ReadinessWaves {
  private waiting: WaitingIds[] = [];
  private inFlight = 0;

  constructor(private readonly port: WavePort) {}

  add(ids: WaitingIds): void {
    this.waiting.push(ids);
  }

  /** Whether nothing waits and nothing is in flight. */
  get isIdle(): boolean {
    return this.waiting.length === 0 && this.inFlight === 0;
  }

  get areNoneInFlight(): boolean {
    return this.inFlight === 0;
  }

  /** What is not being awaited; a wave that was cancelled is back here. */
  get stillWaiting(): readonly WaitingIds[] {
    return this.waiting;
  }

  /** Starts a wave if it is time; the promises are of the waves that were started. */
  start(): readonly Promise<void>[] {
    const started: Promise<void>[] = [];
    while (this.isTimeForWave()) started.push(this.runWave(this.takeWave()));
    return started;
  }

  private isTimeForWave(): boolean {
    const count = this.waiting.reduce((sum, { ids }) => sum + ids.length, 0);
    if (count === 0) return false;
    return this.inFlight === 0 || count >= this.port.waveIds || !this.port.areMoreComing();
  }

  private takeWave(): readonly WaitingIds[] {
    const wave: WaitingIds[] = [];
    let free = this.port.waveIds;
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      if (wave.length > 0 && next.ids.length > free) break;
      wave.push(next);
      free -= next.ids.length;
      this.waiting = this.waiting.slice(1);
    }
    return wave;
  }

  private async runWave(wave: readonly WaitingIds[]): Promise<void> {
    this.inFlight += 1;
    const answer = await this.port.await(wave).catch((error: unknown) => this.putBack(wave, error));
    this.inFlight -= 1;
    if (answer !== null) await this.port.done(wave, answer.failed);
  }

  /** A wave is only ever cancelled to be begun again in the next run. */
  private putBack(wave: readonly WaitingIds[], error: unknown): null {
    if (!isCancellation(error)) throw error;
    this.waiting = [...wave, ...this.waiting];
    return null;
  }
}
