import type { HomeEvent } from './home-event';
import type { Ending, FailedInstance } from './home-chunk-state';
import type { PlacementBar } from './price-cap';
import type { Since, Unsettled } from './proof';
import type { Refusal } from './refusal';
import type { PathPlace, Shard, ShardRules } from './shard-state';

/** What can happen to a shard. */
export type ShardEvent =
  | { readonly type: 'home'; readonly home: number; readonly event: HomeEvent }
  /** Look what may be sent now. */
  | { readonly type: 'start' }
  /** The run could not prove itself fresh: everything settles before anything is sent (rule R2). */
  | ({ readonly type: 'doubt' } & Unsettled)
  | { readonly type: 'controlled'; readonly group: number; readonly refusal: Refusal | null }
  | { readonly type: 'probeDue'; readonly gate: string }
  | {
      readonly type: 'readiness';
      readonly home: number;
      readonly readyCount: number;
      readonly failed: readonly FailedInstance[];
    }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /**
   * The run is about to continue as new: nothing is scheduled any more and no probe goes, what is in
   * flight ends as usual. `resumeShard` lifts it in the next run.
   */
  | { readonly type: 'drain' }
  /** Another shard met a problem of the whole account: nothing new is sent until a retry. */
  | { readonly type: 'hold'; readonly refusal: Refusal }
  /** Parked paths by name; all of them when null. */
  | { readonly type: 'retry'; readonly paths: readonly string[] | null }
  /** Gives up parked paths by name; all of them when null. */
  | { readonly type: 'skip'; readonly paths: readonly string[] | null }
  /** How many chunks may be in flight from now on. */
  | { readonly type: 'concurrency'; readonly chunksInFlight: number }
  /** Placements that are not used for their price, of all groups of the batch, as of now. */
  | { readonly type: 'bars'; readonly bars: readonly PlacementBar[] }
  /**
   * The closing audit found instances that no slot owns: under these names, by a look that `since` makes
   * late enough. They are offered to the slots that are still empty before they are called orphans.
   */
  | { readonly type: 'unowned'; readonly names: readonly string[]; readonly since: Since }
  | { readonly type: 'end'; readonly ending: Ending };

/** What the interpreter has to do. */
export type ShardCommand =
  | (PathPlace & { readonly type: 'create'; readonly ignoreIds: readonly string[] })
  | { readonly type: 'settle'; readonly home: number; readonly afterMs: number }
  | (PathPlace & { readonly type: 'backOff'; readonly afterMs: number })
  | { readonly type: 'probeAfter'; readonly gate: string; readonly afterMs: number }
  | {
      readonly type: 'control';
      readonly group: number;
      readonly home: number;
      readonly ids: readonly string[];
    }
  | (PathPlace & { readonly type: 'awaitReady'; readonly ids: readonly string[] });

/** A new state and what to do about it. */
export interface ShardStep {
  readonly shard: Shard;
  readonly commands: readonly ShardCommand[];
}

/** When an event happens, and by which numbers it is judged. */
export interface ShardContext {
  readonly rules: ShardRules;
  /** Wall clock, ms since the epoch; for display and pauses only. */
  readonly nowMs: number;
}
