import type { PlanWarning, PlanWarningCode } from '../../domain/plan-warnings';
import type { RequestDifference } from '../../domain/request-difference';
import type { Schedule } from '../../domain/schedule/schedule';

/** What somebody should know before a schedule orders. */
export interface ScheduleWarning extends Omit<PlanWarning, 'code'> {
  readonly schedule: string;
  /** Stable; those of a plan are listed in docs/cli.md, its own in docs/schedules.md. */
  readonly code: PlanWarningCode | 'firings-from-anew' | 'never-orders';
}

/** A schedule as it is to be. */
export interface WantedSchedule {
  readonly name: string;
  readonly schedule: Schedule;
  /** Its next times, ms since 1970, three at most: what a paused one would order at, too. */
  readonly nextAtMs: readonly number[];
}

/** What applying a file does, or would do, with one schedule. */
export type PlannedStep =
  | ({ readonly kind: 'add' } & WantedSchedule)
  | ({
      readonly kind: 'change';
      readonly differences: readonly RequestDifference[];
    } & WantedSchedule)
  | { readonly kind: 'same'; readonly name: string }
  /** On the server and not in the file: deleted only with `prune`. */
  | { readonly kind: 'gone'; readonly name: string }
  /** The id is taken by a schedule that somebody else has made. */
  | { readonly kind: 'foreign'; readonly name: string };

/** The steps, those of the file first. */
export interface PlannedSchedules {
  readonly tenant: string;
  readonly steps: readonly PlannedStep[];
  /** What may surprise, by the settings of the server; left out where those here count. */
  readonly warnings?: readonly ScheduleWarning[];
}
