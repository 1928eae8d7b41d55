import type { Since } from './proof';
import { toSettleTimeMs, type SettleSettings } from './settle-time';

/** Whether a settle may look now (rule R5), and if not, from when and how long to wait. */
export type SettleDecision =
  | { readonly kind: 'look' }
  | { readonly kind: 'wait'; readonly since: Since; readonly waitMs: number };

/** A wait counts only in the run that awaited it; a missing or foreign `since` starts anew. */
export function decideSettle(
  since: Since | null,
  now: Since,
  settings: SettleSettings,
): SettleDecision {
  const settleTimeMs = toSettleTimeMs(settings);
  if (since === null || since.runId !== now.runId) {
    return { kind: 'wait', since: now, waitMs: settleTimeMs + settings.timerMarginMs };
  }
  const ageMs = now.atMs - since.atMs;
  if (ageMs < settleTimeMs) {
    const waitMs = settleTimeMs - Math.max(0, ageMs) + settings.timerMarginMs;
    return { kind: 'wait', since, waitMs };
  }
  return { kind: 'look' };
}
