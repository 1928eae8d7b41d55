import type { Engine } from '../domain/batch-request';
import type { SeenInstance } from './port';

/**
 * Looks at instances for everybody in this process who waits for some, so that the calls are full
 * ones whoever asks.
 */
export interface ReadinessPoller {
  /** Begins to look at instances; the first look may be long in coming. */
  follow(query: FollowQuery): Following;
}

/** Which instances to follow, and whom to tell. */
export interface FollowQuery {
  /** Name of the credentials profile. */
  readonly account: string;
  readonly region: string;
  readonly engine: Engine;
  readonly ids: readonly string[];
  /** How long ago the instances were ordered, ms: when to look first is learned from such ages. */
  readonly ageMs: number;
  /** Whether an instance has come to its end and needs no more looks. */
  isOver(instance: SeenInstance): boolean;
  /** Called after every look at some of the ids. Must not throw. */
  onLook(look: Look): void;
  /** Called when the poller itself has failed: it is a bug, and no more looks will come. */
  onError(error: unknown): void;
}

/** What one call has shown of one follower's instances. */
export interface Look {
  readonly seen: readonly SeenInstance[];
  /** Ids that were asked for and are not in the service's list. */
  readonly absent: readonly string[];
  /** Calls that this look has cost; those that several followers share count for one of them. */
  readonly calls: number;
}

/** A follower's hold on the poller. */
export interface Following {
  /** Looks at everything that is still followed at once; resolves after the follower was told. */
  lookNow(): Promise<void>;
  /** Stops looking at some of the ids. */
  drop(ids: readonly string[]): void;
  /** Stops looking. */
  stop(): void;
}
