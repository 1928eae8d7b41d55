import type { ShardContext, ShardEvent, ShardStep } from './shard-event';
import { ShardRun } from './shard-run';
import type { Shard } from './shard-state';

/**
 * The life of a shard as a pure state machine around those of its home chunks: window, positive
 * control, gates, stopped groups, holds, draining, and the end. See docs/safety.md.
 */

/** Applies one event, then sends whatever may be sent. */
export function applyToShard(shard: Shard, event: ShardEvent, context: ShardContext): ShardStep {
  const run = new ShardRun(shard, context);
  run.apply(event);
  return run.finish();
}
