import type { PreflightPort } from '../cloud/preflight-port';
import type { ReleasePort } from '../cloud/release-port';
import type { WorkerFacts } from '../contract/operation-types';
import type { ReleaseBook } from '../outbound/release-book';

/** What the operations beside a batch's own life need, and the halt that stops it. */
export interface OperationDependencies {
  /** Takes instances away; never part of a batch's life. */
  readonly releases: ReleasePort;
  /** Looks around before an order. */
  readonly preflights: PreflightPort;
  /** Asked before the first send of every create attempt; throws when nobody can say. */
  readonly halt: { isHalted(): Promise<boolean> };
  readonly releaseBook: ReleaseBook;
  readonly self: WorkerSelf;
}

/** The worker as it sees itself, for `doctor`. */
export interface WorkerSelf {
  readonly version: string;
  readonly sdk: string;
  /** Whether a result could be written right now, and where it would lie. */
  probeResults(): Promise<WorkerFacts['results']>;
  /** Regions that an account has endpoints of its own for; empty when it has none. */
  listRegions(account: string): readonly string[];
}
