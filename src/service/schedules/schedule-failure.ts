import type { ScheduleKey } from '../../domain/schedule/schedule';
import { createFailure } from '../service-result';
import type { ServiceFailure } from '../service-result';
import { toServiceFailure } from '../temporal-failure';

/**
 * Turns what the schedule client threw into a value. Its errors are known by their `name`; what the
 * server finds wrong with a schedule comes as a TypeError (schedule-client.ts, 1.24.0).
 *
 * @param error - whatever a method threw
 * @param what - what was asked, as the end of "Could not …"
 */
export function toScheduleFailure(error: unknown, what: string): ServiceFailure {
  switch (error instanceof Error ? error.name : '') {
    case 'ScheduleNotFoundError':
      return createFailure('not-found', `Could not ${what}: Temporal knows no such schedule.`);
    case 'ScheduleAlreadyRunning':
      return createFailure(
        'conflict',
        `Could not ${what}: somebody has made it just now. Plan again, and look at the difference.`,
      );
    case 'TypeError':
      return createFailure(
        'refused',
        `Could not ${what}: the server does not take it (${(error as Error).message}).`,
      );
    default:
      return toServiceFailure(error, what);
  }
}

/** `tenant/name`, as people write it. */
export function formatScheduleKey({ tenant, name }: ScheduleKey): string {
  return `${tenant}/${name}`;
}
