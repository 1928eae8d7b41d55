import type { ReconcileBatchInput, ReconcileReport } from '../contract/operation-types';
import type { ResultInstance } from '../domain/result';
import { InstanceTally, reviseResult } from '../domain/revise-result';
import type { CallCounter } from './call-counter';
import type { Comparison } from './compare-instances';
import type { ActivityDependencies } from './dependencies';
import { findInstances } from './find-instances';
import type { EndedBatch } from './latest-result';
import { toLogEntry } from './log-entry';
import { writeRevision } from './write-revision';

/** Ids of one look (DescribeInstances page, 2025). */
const IDS_MAX = 30;

/** The batch, what was not found, and who asks. */
export interface RecordMissingOptions {
  readonly batch: EndedBatch;
  readonly comparison: Comparison;
  readonly input: ReconcileBatchInput;
  readonly calls: CallCounter;
}

/**
 * Writes down that what the result lists, and the search by name did not find, now or at the end of the
 * batch, is gone. One that a look by its id finds was renamed, and stays as it is: it costs money and counts.
 */
export async function recordMissing(
  { cloud, results, clock }: ActivityDependencies,
  { batch, comparison, input, calls }: RecordMissingOptions,
): Promise<Pick<ReconcileReport, 'gone' | 'kept' | 'location'>> {
  const { account, tenant, batchId, generation } = batch.document;
  const list = (): AsyncIterable<ResultInstance> =>
    results.streamInstances({ tenant, batchId, generation });
  const renamed = new Set<string>();
  const unseen = await listUnseen(list(), new Set(comparison.missing));
  for (const [region, all] of unseen) {
    for (let at = 0; at < all.length; at += IDS_MAX) {
      const ids = all.slice(at, at + IDS_MAX);
      const found = await findInstances(cloud, { account, region, ids }, calls);
      for (const id of found.keys()) renamed.add(id);
    }
  }
  const gone = [...unseen.values()].flat().filter((id) => !renamed.has(id));
  const kept = [...renamed].map((id) => ({ id, code: 'renamed', message: RENAMED }));
  if (gone.length === 0) return { gone, kept, location: null };
  const revisedList = (): AsyncIterable<ResultInstance> => withGone(list(), new Set(gone));
  const tally = new InstanceTally();
  for await (const instance of revisedList()) tally.add(instance);
  const detail = `${gone.length} instances are gone: ${gone.slice(0, 20).join(', ')}`;
  const revised = reviseResult(batch.document, tally, {
    log: toLogEntry('writeMissing', input, { atMs: clock.nowMs(), detail }),
    missing: gone,
    settledOrphans: [],
  });
  const { location } = await writeRevision(results, revised, revisedList);
  return { gone, kept, location };
}

const RENAMED = 'it is there under a name that is not the one of the batch';

/** Ids by region. */
async function listUnseen(
  instances: AsyncIterable<ResultInstance>,
  missing: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const byRegion = new Map<string, string[]>();
  for await (const { id, region, state } of instances) {
    if (!missing.has(id) && state !== 'missing') continue;
    const ids = byRegion.get(region) ?? [];
    ids.push(id);
    byRegion.set(region, ids);
  }
  return byRegion;
}

async function* withGone(
  instances: AsyncIterable<ResultInstance>,
  gone: ReadonlySet<string>,
): AsyncGenerator<ResultInstance> {
  for await (const instance of instances) {
    yield gone.has(instance.id) ? { ...instance, state: 'gone' } : instance;
  }
}
