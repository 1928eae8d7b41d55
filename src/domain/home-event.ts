import type { Ending, HomeChunk } from './home-chunk-state';
import type { Proof, Since } from './proof';
import type { Refusal } from './refusal';
import type { FoundInstance } from './settle-deal';

/** What can happen to a home chunk. `path` names one of its paths. */
export type HomeEvent =
  /** The run could not prove itself fresh: every unfinished path is in doubt (rule R2). */
  | { readonly type: 'doubt'; readonly since: Since; readonly waitMs: number }
  | { readonly type: 'schedule'; readonly path: string }
  | { readonly type: 'created'; readonly path: string; readonly ids: readonly string[] }
  | { readonly type: 'notExecuted'; readonly path: string; readonly refusal: Refusal }
  | { readonly type: 'refused'; readonly path: string; readonly refusal: Refusal }
  | {
      readonly type: 'unsettled';
      readonly path: string;
      readonly since: Since;
      readonly waitMs: number;
      readonly refusal: Refusal | null;
    }
  /** The create activity failed or timed out: nothing is known, not even since when. */
  | { readonly type: 'lost'; readonly path: string }
  /** A settle found that its wait did not count, or is not over. */
  | { readonly type: 'tooEarly'; readonly since: Since; readonly waitMs: number }
  | {
      readonly type: 'settled';
      readonly found: readonly FoundInstance[];
      readonly proof: Proof;
    }
  | HomeOrder;

/** Orders from the shard or an operator: they only ever touch a closed path. */
export type HomeOrder =
  /** The pause of a path, or its turn at the gate, is over. */
  | { readonly type: 'released'; readonly path: string }
  | { readonly type: 'park'; readonly path: string; readonly refusal: Refusal }
  | { readonly type: 'retry'; readonly path: string }
  | { readonly type: 'skip'; readonly path: string }
  /** In two, the first one of so many slots; in halves when left out. */
  | { readonly type: 'split'; readonly path: string; readonly firstCount?: number }
  /**
   * Its placement was sold out a moment ago: goes to another one without a call; to the gate when
   * `placement` is null. Only for a path whose token was not sent yet.
   */
  | {
      readonly type: 'passOver';
      readonly path: string;
      readonly placement: number | null;
      readonly refusal: Refusal;
    }
  /** An instance ended in a state that never becomes ready, and the policy wants another one. */
  | { readonly type: 'replace'; readonly id: string }
  /** The batch ends: what is closed stops now, what is open when it is settled. */
  | { readonly type: 'end'; readonly ending: Ending };

/** What the interpreter has to do. */
export type HomeCommand =
  | {
      readonly type: 'create';
      readonly path: string;
      /** Frozen now, with the rest of the activity's input. */
      readonly ignoreIds: readonly string[];
    }
  | { readonly type: 'settle'; readonly afterMs: number }
  | { readonly type: 'backOff'; readonly path: string; readonly rounds: number }
  /** So many slots were refused at once. */
  | { readonly type: 'gated'; readonly count: number; readonly refusal: Refusal }
  /** A placement had no capacity. */
  | { readonly type: 'soldOut'; readonly placement: number; readonly refusal: Refusal }
  | { readonly type: 'stopGroup'; readonly refusal: Refusal }
  | { readonly type: 'hold'; readonly refusal: Refusal }
  | { readonly type: 'owned'; readonly path: string; readonly ids: readonly string[] };

/** Numbers that the decisions need. */
export interface HomeRules {
  readonly transientRoundsMax: number;
  readonly settleRoundsMax: number;
  /** How many placements the group has. */
  readonly placementCount: number;
  /** Which of them the home chunk begins with. */
  readonly firstPlacement: number;
  /** Ranks of placements that are passed over: barred, sold out, or without addresses. */
  readonly soldOut: readonly number[];
}

/** A new state and what to do about it. */
export interface HomeStep {
  readonly home: HomeChunk;
  readonly commands: readonly HomeCommand[];
}
