import { Context } from '@temporalio/activity';
import type { WatchShardsAnswer, WatchShardsInput } from '../contract/activity-types';
import type { ActivityDependencies } from './dependencies';
import { withHeartbeat } from './heartbeat';

/** Pause between two looks at all of them. */
const PAUSE_MS = 15_000;
/** Longest stay: then the workflow asks again, and a deploy can move it. */
const WINDOW_MS = 20 * 60_000;

/**
 * Watches the workflows of shards that no run of the batch is the parent of any more: a shard that was
 * terminated says no word, and its batch would wait for it for ever.
 */
export function createWatchShards({ runs, clock }: ActivityDependencies) {
  return ({ workflowIds }: WatchShardsInput): Promise<WatchShardsAnswer> =>
    withHeartbeat(async () => {
      const untilMs = clock.monotonicMs() + WINDOW_MS;
      for (;;) {
        const ended: string[] = [];
        for (const workflowId of workflowIds) {
          if (await runs.hasEnded(workflowId)) ended.push(workflowId);
        }
        if (ended.length > 0 || clock.monotonicMs() >= untilMs) return { ended };
        await Context.current().sleep(PAUSE_MS);
      }
    });
}
