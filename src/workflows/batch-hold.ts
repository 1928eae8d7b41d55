import type { ShardReport } from '../contract/shard-report';
import type { BatchProgress, LogEntry } from '../domain/progress';

/** Why no new calls are made at all, and since when. */
type HoldView = Pick<BatchProgress, 'hold' | 'holdCode' | 'holdSinceMs'>;

/** What a batch knows that may hold it. */
interface HoldFacts {
  readonly isPaused: boolean;
  readonly reports: readonly ShardReport[];
  readonly log: readonly LogEntry[];
}

/** What holds a batch: a person first, since only a person ends that; else the first shard's problem. */
export function toHoldView({ isPaused, reports, log }: HoldFacts): HoldView {
  if (isPaused) {
    const paused = log.findLast(({ action }) => action === 'pause');
    return { hold: 'paused by an operator', holdCode: null, holdSinceMs: paused?.atMs ?? null };
  }
  const held = reports.flatMap(({ hold }) => (hold === null ? [] : [hold]));
  const [first] = held;
  if (first === undefined) return { hold: null, holdCode: null, holdSinceMs: null };
  const times = held.flatMap(({ parkedAtMs = null }) => (parkedAtMs === null ? [] : [parkedAtMs]));
  return {
    hold: `${first.code}: ${first.message ?? 'a problem of the account'}`,
    holdCode: first.code,
    holdSinceMs: times.length === 0 ? null : Math.min(...times),
  };
}
