import { toNominalBatchId } from '../contract/schedule-id';

/** The next times of a schedule. */
export interface ComingTimes {
  /** Name of the schedule. */
  readonly name: string;
  readonly timeZone: string;
  /** Ms since 1970. */
  readonly nextAtMs: readonly number[];
}

/** A batch that a schedule would start. */
export interface NextBatch {
  readonly atMs: number;
  /** What the clocks of the schedule's zone show then, such as `2026-12-01 02:30:00`. */
  readonly local: string;
  readonly batchId: string;
}

/**
 * The batches that a schedule would start at its next times.
 *
 * @param coming - the times
 */
export function listNextBatches({ name, timeZone, nextAtMs }: ComingTimes): readonly NextBatch[] {
  // Swedish writes dates as ISO 8601 does.
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return nextAtMs.map((atMs) => ({
    atMs,
    local: local.format(atMs),
    batchId: toNominalBatchId(name, atMs),
  }));
}
