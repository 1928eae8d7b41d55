import type { Halt } from '../../../service/halt-fleet';
import type { Colors } from '../../cli-io';

/**
 * One line that says that new creates are halted, by whom and why.
 *
 * @param halt - the halt in force
 * @param colors - of the stream it is written to
 */
export function toHaltLine({ by, why, sinceMs }: Halt, colors: Colors): string {
  const since = new Date(sinceMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const who = by === undefined ? '' : ` by ${by}`;
  const reason = why === undefined ? '' : `: ${why}`;
  return colors.yellow(`New creates are halted since ${since}${who}${reason}`);
}
