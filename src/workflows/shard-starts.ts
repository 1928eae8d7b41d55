import { isBuying } from './shard-report';
import type { ShardRunner } from './shard-runner';

/** Shards that may be under way at once, of all regions: each costs its batch events. */
const OPEN_MAX = 40;

/** A shard and where it buys. */
export interface ShardPlace {
  readonly runner: ShardRunner;
  readonly region: string;
}

/**
 * Starts the shards of a batch in their order, so many of a region at once as still buy: one that only
 * waits for readiness, or for a person, makes room for the next.
 */
export class ShardStarts {
  /**
   * @param places - all shards, in their order
   * @param buyingMax - shards of one region that may buy at once, at least 1
   */
  constructor(
    private readonly places: readonly ShardPlace[],
    private readonly buyingMax: number,
  ) {}

  startMore(): void {
    for (const { runner, region } of this.places) {
      if (this.countOpen() >= OPEN_MAX) return;
      if (!runner.isStarted && this.countBuying(region) < this.buyingMax) runner.start();
    }
  }

  private countOpen(): number {
    return this.places.filter(({ runner }) => runner.isStarted && runner.report.stage !== 'done')
      .length;
  }

  private countBuying(region: string): number {
    return this.places.filter(
      (place) => place.region === region && place.runner.isStarted && isBuying(place.runner.report),
    ).length;
  }
}
