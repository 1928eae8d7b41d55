import type { RunnerCarry } from '../contract/carry';
import type { ShardOrder } from '../contract/shard-messages';
import type { ShardReport } from '../contract/shard-report';

/**
 * A shard as its batch sees it, whether it runs inside the batch's own workflow or in one of its own:
 * start it, read how far it is, give it orders.
 */
export interface ShardRunner {
  /** The last that is known of it. */
  readonly report: ShardReport;
  readonly isStarted: boolean;
  /** Starts it; once. */
  start(): void;
  /** Goes on with what an earlier run of the batch has begun here, whatever holds back new shards. */
  goOn(): void;
  /** Gives an order; what is not started yet obeys when it starts. */
  act(order: ShardOrder): void;
  /** The first error that no rule covers. */
  readonly failure: unknown;
  /** Whether the run may be continued as new as far as this shard goes. */
  readonly isDrainable: boolean;
  /** Brings what is in flight to its end; to be repeated while orders keep coming. */
  drain(): Promise<void>;
  /** Whether nothing is in flight at this moment. */
  readonly isDrained: boolean;
  /** What the next run needs to go on, at a moment when it is drained. */
  toCarry(): RunnerCarry;
}
