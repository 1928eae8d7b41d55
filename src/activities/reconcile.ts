import type { SearchPlace } from '../contract/activity-types';
import {
  RECONCILE_ROWS_MAX,
  type ReconcileBatchInput,
  type ReconcileComparison,
  type ReconcileReport,
} from '../contract/operation-types';
import { toReleaseId } from '../contract/operations';
import type { ResultInstance } from '../domain/result';
import { adoptOrphans } from './adopt-orphans';
import { listBatch } from './batch-search';
import { CallCounter } from './call-counter';
import {
  compareInstances,
  toSlotKey,
  type Comparison,
  type PlannedHome,
} from './compare-instances';
import { deleteOrphans } from './delete-orphans';
import type { ActivityDependencies } from './dependencies';
import { toOperationRefused } from './failures';
import { ENGINES } from './find-instances';
import { withHeartbeat, type AttemptLife } from './heartbeat';
import { readEndedBatch, type EndedBatch } from './latest-result';
import { listPlannedHomes } from './planned-homes';
import { recordMissing } from './record-missing';

/**
 * Compares an ended batch's result with what bears its name in the cloud, and on demand takes orphans
 * into the result or deletes them. A report alone changes nothing.
 */
export function createReconcile(dependencies: ActivityDependencies) {
  return (input: ReconcileBatchInput): Promise<ReconcileReport> =>
    withHeartbeat(async (life) => {
      const batch = await readEndedBatch(dependencies, input);
      if (input.action !== 'report') await assertNoRelease(dependencies, input);
      const homes = listPlannedHomes(input.request, batch.frozen, input.batchId);
      const calls = new CallCounter();
      const comparison = await compare(dependencies, { batch, homes, calls });
      const done = { adopted: [], deleted: [], gone: [], kept: [], location: null };
      const changed = await act(dependencies, { batch, comparison, input, calls, life });
      return {
        ...toShown(batch, comparison, homes !== null),
        ...done,
        ...changed,
        calls: calls.toCounts(),
      };
    });
}

interface ActOptions {
  readonly batch: EndedBatch;
  readonly comparison: Comparison;
  readonly input: ReconcileBatchInput;
  readonly calls: CallCounter;
  readonly life: AttemptLife;
}

function act(
  dependencies: ActivityDependencies,
  options: ActOptions,
): Promise<Partial<ReconcileReport>> {
  switch (options.input.action) {
    case 'report':
      return Promise.resolve({});
    case 'adopt':
      return adoptOrphans(dependencies, options);
    case 'deleteOrphans':
      return deleteOrphans(dependencies, options);
    case 'writeMissing':
      return recordMissing(dependencies, options);
  }
}

async function assertNoRelease(
  { runs }: ActivityDependencies,
  { tenant, batchId }: ReconcileBatchInput,
): Promise<void> {
  if (await runs.hasEnded(toReleaseId(tenant, batchId))) return;
  throw toOperationRefused(`${tenant}/${batchId} is being released; wait for its end`);
}

async function compare(
  { cloud, results, isClassCompared }: ActivityDependencies,
  options: {
    readonly batch: EndedBatch;
    readonly homes: ReadonlyMap<string, PlannedHome> | null;
    readonly calls: CallCounter;
  },
): Promise<Comparison> {
  const { batch, homes, calls } = options;
  const { account, tenant, batchId, generation } = batch.document;
  const key = { tenant, batchId, generation };
  const list = (): AsyncIterable<ResultInstance> => results.streamInstances(key);
  const places = await listPlaces(batch, homes, list());
  const seen = await listBatch(cloud, { account, nameTag: batch.nameTag, places }, calls);
  return compareInstances({ seen, listed: list(), homes, isClassCompared });
}

/** Every region that the result or the request names, with every engine. */
async function listPlaces(
  { document }: EndedBatch,
  homes: ReadonlyMap<string, PlannedHome> | null,
  listed: AsyncIterable<ResultInstance>,
): Promise<readonly SearchPlace[]> {
  const regions = new Set(document.orphans.map(({ region }) => region));
  for (const { matches } of homes?.values() ?? []) {
    for (const { region } of matches) regions.add(region);
  }
  for await (const { region } of listed) regions.add(region);
  return [...regions].flatMap((region) => ENGINES.map((engine) => ({ region, engine })));
}

function toShown(
  { document }: EndedBatch,
  { both, missing, changes, changed, orphans }: Comparison,
  isRequestKnown: boolean,
): ReconcileComparison {
  return {
    generation: document.generation,
    revision: document.revision,
    counts: { both, missing: missing.length, orphans: orphans.length, changed },
    missing: missing.slice(0, RECONCILE_ROWS_MAX),
    orphans: orphans.slice(0, RECONCILE_ROWS_MAX).map(({ seen, fits }) => ({
      id: seen.id,
      name: seen.name,
      region: seen.region,
      status: seen.status,
      chargeType: seen.chargeType,
      fits: fits === null ? null : toSlotKey(fits),
    })),
    changes: changes.slice(0, RECONCILE_ROWS_MAX),
    isRequestKnown,
  };
}
