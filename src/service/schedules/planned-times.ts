import { listNextTimes } from '../../domain/schedule/next-times';
import type { Schedule } from '../../domain/schedule/schedule';

/** How many of the next times a plan shows of each schedule that it adds or changes. */
const PLANNED_TIMES = 3;

/**
 * The next times of a schedule that a plan shows.
 *
 * @param schedule - as it is to be
 * @param remaining - firings that are left; null when they are not limited
 * @returns nominal times, ms since 1970
 */
export function listPlannedTimes({ times }: Schedule, remaining: number | null): readonly number[] {
  return listNextTimes(times, { afterMs: Date.now(), limit: PLANNED_TIMES, remaining });
}
