import type { Cancellation } from '../contract/carry';
import type { BatchRequest } from '../domain/batch-request';
import type { ResultDocument } from '../domain/result';
import { operationActivities } from './operation-activities';
import { ReleaseRun } from './release-run';

/** Whether what a batch has bought goes away again, as the request or an operator wants it. */
export function isToRelease(
  { outcome, counts }: ResultDocument,
  { policy }: BatchRequest,
  cancellation: Cancellation | null,
): boolean {
  const isShort = outcome === 'partial' || outcome === 'failed';
  const isWanted =
    cancellation === null
      ? isShort && policy.onShortfall === 'release'
      : cancellation.instances === 'release';
  return isWanted && counts.ready + counts.failed > 0;
}

/** Takes away what the result lists. */
export async function releaseResult(
  { tenant, batchId, generation, revision }: ResultDocument,
  cancellation: Cancellation | null,
): Promise<ResultDocument> {
  const why = cancellation === null ? 'policy.onShortfall is release' : 'cancelled';
  const input = { tenant, batchId, generation, revision, by: 'the batch itself', why };
  const { instances } = await operationActivities('check what is released').openRelease(input);
  const release = new ReleaseRun(input, instances);
  return (await release.record(await release.run())).document;
}
