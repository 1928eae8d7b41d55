import type { ActionNote } from '../contract/messages';
import type { LogEntry } from '../domain/progress';

/**
 * One line of a batch's log.
 *
 * @param action - what was done, such as `release`
 * @param note - who, why, which ticket
 * @param what - when, and what came of it
 */
export function toLogEntry(
  action: string,
  { by, why, ticket }: ActionNote,
  { atMs, detail }: { readonly atMs: number; readonly detail: string },
): LogEntry {
  return {
    atMs,
    action,
    ...(by === undefined ? {} : { by }),
    ...(why === undefined ? {} : { why }),
    ...(ticket === undefined ? {} : { ticket }),
    detail,
  };
}
