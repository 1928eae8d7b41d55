import { toReleaseId } from '../contract/operations';
import type { NotNow } from '../contract/sweep-types';
import { toWorkflowId } from '../contract/workflow-id';
import type { ResultDocument } from '../domain/result';
import type { BatchKey } from '../outbound/result-store';
import type { ActivityDependencies } from './dependencies';

/**
 * How long a deleted instance may go on being listed, in visibility lags: no page says (2025), so it
 * is held to be much later than the news of a new one.
 */
const DELETION_LAGS = 10;

/** Actions in a document's log that take instances away. */
const DELETIONS: ReadonlySet<string> = new Set(['release', 'deleteOrphans']);

/**
 * Why no orphan can be told right now: a run of the batch may own what is there in a moment, a release
 * takes it away. The result must not be revised meanwhile either, since a release works on the revision
 * that somebody has confirmed.
 *
 * @returns null when nothing stands against it
 */
export async function findHindrance(
  { runs, settle }: Pick<ActivityDependencies, 'runs' | 'settle'>,
  { tenant, batchId }: BatchKey,
): Promise<NotNow | null> {
  const afterMs = toPatienceMs(settle);
  if (!(await runs.hasEnded(toWorkflowId(tenant, batchId)))) {
    return { kind: 'notNow', code: 'running', afterMs };
  }
  if (!(await runs.hasEnded(toReleaseId(tenant, batchId)))) {
    return { kind: 'notNow', code: 'releasing', afterMs };
  }
  return null;
}

/** As {@link findHindrance}: what was deleted a moment ago may still be listed. */
export function findDeletion(
  { clock, settle }: Pick<ActivityDependencies, 'clock' | 'settle'>,
  { log }: Pick<ResultDocument, 'log'>,
): NotNow | null {
  const deletedAtMs = Math.max(
    ...log.filter(({ action }) => DELETIONS.has(action)).map(({ atMs }) => atMs),
  );
  const afterMs = deletedAtMs + toPatienceMs(settle) - clock.nowMs();
  return afterMs > 0 ? { kind: 'notNow', code: 'just-deleted', afterMs } : null;
}

/** How long to wait before it makes sense to look again, ms. */
export function toPatienceMs({
  visibilityLagMs,
}: Pick<ActivityDependencies['settle'], 'visibilityLagMs'>): number {
  return DELETION_LAGS * visibilityLagMs;
}
