import { toReleaseId } from '../contract/operations';
import type { Refusal } from '../domain/refusal';
import type { BatchKey, StoredResult } from '../outbound/result-store';
import type { ActivityDependencies } from './dependencies';

/**
 * Refuses the next run of a batch that was released or is being released: it would adopt what is
 * going away, or buy everything a second time.
 *
 * @param stored - the documents of the batch
 */
export async function checkRelease(
  { runs }: ActivityDependencies,
  { tenant, batchId }: BatchKey,
  stored: readonly StoredResult[],
): Promise<Refusal | null> {
  const name = `${tenant}/${batchId}`;
  const document = stored.at(-1)?.document;
  if (document === undefined) return null;
  if (document.counts.released > 0) {
    const message = `the batch ${name} was released; submit its request under a new batch id`;
    return { class: 'invalid', code: 'batch-released', message };
  }
  if (await runs.hasEnded(toReleaseId(tenant, batchId))) return null;
  const message = `the batch ${name} is being released; submit its request under a new batch id`;
  return { class: 'invalid', code: 'release-running', message };
}
