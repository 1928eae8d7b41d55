import type { ShardContext, ShardEvent, ShardStep } from './shard-event';
import { ShardRun } from './shard-run';
import type { Shard } from './shard-state';

/**
 * The life of a shard as a pure state machine around those of its home chunks: window, positive
 * control, gates, stopped groups, holds, draining, and the end. See docs/safety.md.
 */

/** Applies one event, then sends whatever may be sent. */
export function applyToShard(shard: Shard, event: ShardEvent, context: ShardContext): ShardStep {
  return applyAllToShard(shard, [event], context);
}

/** Applies events that have come together, and sends only then: what the last one forbids is not sent. */
export function applyAllToShard(
  shard: Shard,
  events: readonly ShardEvent[],
  context: ShardContext,
): ShardStep {
  const run = new ShardRun(shard, context);
  for (const event of events) run.apply(event);
  return run.finish();
}
