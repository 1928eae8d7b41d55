import { NO_DELAYS } from '../../../domain/call-delays';
import type { BatchProgress } from '../../../domain/progress';
import { formatCountOf, formatElapsed } from './numbers';

/** Below it, ms, nobody has noticed. */
const WAIT_SHOWN_MIN_MS = 1_000;

/**
 * What throttling and the rate limit have cost a batch that is buying.
 *
 * @param progress - the batch's own answer
 * @returns null when there is nothing to say
 */
export function toDelayText(progress: BatchProgress): string | null {
  const { throttled, waitedMs } = progress.delays ?? NO_DELAYS;
  if (!isBuying(progress) || waitedMs < WAIT_SHOWN_MIN_MS) return null;
  const cause =
    throttled === 0 ? '' : `the service throttled ${formatCountOf(throttled, 'call')}, and `;
  return `slowed: ${cause}creates waited ${formatElapsed(waitedMs)} in all to be sent`;
}

/** Once everything is ordered, nothing waits to be sent. */
function isBuying({ phase, counts }: BatchProgress): boolean {
  return phase === 'provisioning' && counts.planned + counts.creating + counts.gated > 0;
}
