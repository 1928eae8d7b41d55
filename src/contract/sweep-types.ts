import type { Notification } from '../domain/batch-request';
import type { Identity } from '../domain/identity';
import type { Orphan } from '../domain/result';
import type { CallCounts, SearchPlace } from './activity-types';
import type { ActionNote } from './messages';
import type { ConfirmedResult } from './operation-types';

/** Inputs and answers of the sweep: the look for orphans after the end of a batch (rule R9). */

/** What a sweep takes from the batch's request. */
export interface SweepScope {
  /** Of the request; what it says counts only for a result of the same one (rule R11). */
  readonly requestHash: string;
  /** Wherever the request may have bought. */
  readonly places: readonly SearchPlace[];
  /** Whom orphans are told, if they want to know what needs a person. */
  readonly notify: readonly Notification[];
}

/** The one argument of `sweepOrphans`. */
export interface SweepOrphansInput extends ActionNote {
  readonly tenant: string;
  readonly batchId: string;
  /** The generation that has ended: a later one has a sweep of its own. Null: whichever is there. */
  readonly generation: number | null;
  /** When to look, ms from the start of the sweep, in ascending order; 0 is at once. */
  readonly afterMs: readonly number[];
  /** Whether a right count is enough for the last look too. */
  readonly isCountEnough: boolean;
  /** Null when nobody knows the request any more: then the result says where to look. */
  readonly scope: SweepScope | null;
}

/** Asks for one look. */
export interface SweepInput extends Pick<
  SweepOrphansInput,
  'tenant' | 'batchId' | 'generation' | 'isCountEnough'
> {
  readonly scope: Pick<SweepScope, 'requestHash' | 'places'> | null;
}

/** Why an orphan cannot be told from an instance that somebody is about to own, or has just deleted. */
export type SweepHindrance = 'running' | 'releasing' | 'just-deleted' | 'changed';

/** No look now; it makes sense again after a while. */
export interface NotNow {
  readonly kind: 'notNow';
  readonly code: SweepHindrance;
  readonly afterMs: number;
}

/** Orphans that the latest result does not list yet. */
export interface FoundOrphans {
  readonly kind: 'found';
  /** The document that was compared. */
  readonly generation: number;
  readonly revision: number;
  readonly requestHash: string;
  /** At most {@link SWEEP_ROWS_MAX}; the next look finds the rest. */
  readonly orphans: readonly Orphan[];
  readonly knownOrphans: number;
}

/** What one look has found. */
export type SweepAnswer = { readonly calls: CallCounts } & (
  | NotNow
  | FoundOrphans
  /** A later generation has ended: it has taken over whatever there was. */
  | { readonly kind: 'superseded' }
  | {
      readonly kind: 'clean';
      /** By the ids, or by their number alone, which two wrongs can make right. */
      readonly isCompared: boolean;
      /** Orphans that the result lists and that are still there. */
      readonly knownOrphans: number;
    }
);

/** Writes orphans into the next revision of the document that they were compared with. */
export interface RecordOrphansInput extends ConfirmedResult, ActionNote {
  readonly orphans: readonly Orphan[];
}

/** The revision, and what is needed to tell of it; or another document is the latest one by now. */
export type RecordOrphansAnswer =
  | { readonly kind: 'changed'; readonly afterMs: number }
  | {
      readonly kind: 'recorded';
      readonly revision: number;
      readonly location: string;
      readonly identity: Identity;
      /** As the worker's tuning has them now. */
      readonly notifyForMs: number;
      readonly isSearchable: boolean;
    };

/** How a sweep ended; the result of `sweepOrphans`. */
export interface SweepReport {
  readonly tenant: string;
  readonly batchId: string;
  /** `orphans`: this sweep has found some; `notNow`: its last look could not be made. */
  readonly outcome: 'clean' | 'orphans' | 'superseded' | 'notNow';
  readonly hindrance: SweepHindrance | null;
  /** Whether the last look compared ids, or counted only. */
  readonly isCompared: boolean;
  /** What this sweep has found. */
  readonly orphans: readonly Orphan[];
  /** Orphans that the result had listed before and that were still there at the last look. */
  readonly knownOrphans: number;
  /** Where the revised document lies; null when there is none. */
  readonly location: string | null;
  readonly calls: CallCounts;
}

/** Orphans of one look: what fits a payload well; a batch that has more of them is seen to by hand. */
export const SWEEP_ROWS_MAX = 1_000;

/** The activity on the cloud queue. */
export interface SweepCloudActivities {
  sweep(input: SweepInput): Promise<SweepAnswer>;
}

/** The activity on the main queue. */
export interface SweepMainActivities {
  recordOrphans(input: RecordOrphansInput): Promise<RecordOrphansAnswer>;
}
