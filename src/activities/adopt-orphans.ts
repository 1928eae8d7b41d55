import type { SeenInstance } from '../cloud/port';
import type { ReconcileBatchInput, ReconcileReport } from '../contract/operation-types';
import type { ResultInstance } from '../domain/result';
import { InstanceTally, reviseResult } from '../domain/revise-result';
import { toSlotKey, type Comparison, type FreeSlot } from './compare-instances';
import type { ActivityDependencies } from './dependencies';
import type { EndedBatch } from './latest-result';
import { toLogEntry } from './log-entry';
import { writeRevision } from './write-revision';

/** The batch, what was found, and who asks. */
export interface AdoptOptions {
  readonly batch: EndedBatch;
  readonly comparison: Comparison;
  readonly input: ReconcileBatchInput;
}

/** Takes orphans that fit a free slot into the next revision of the result. */
export async function adoptOrphans(
  { results, clock }: ActivityDependencies,
  { batch, comparison, input }: AdoptOptions,
): Promise<Pick<ReconcileReport, 'adopted' | 'location'>> {
  const adoptions = comparison.orphans.flatMap(({ seen, fits }) =>
    fits === null ? [] : [toListed(seen, fits)],
  );
  const adopted = adoptions.map(({ id }) => id);
  if (adopted.length === 0) return { adopted, location: null };
  const { tenant, batchId, generation } = batch.document;
  const list = (): AsyncIterable<ResultInstance> =>
    withAdopted(results.streamInstances({ tenant, batchId, generation }), adoptions);
  const tally = new InstanceTally();
  for await (const instance of list()) tally.add(instance);
  const detail = `${adopted.length} orphans taken into the result: ${adopted.slice(0, 20).join(', ')}`;
  const revised = reviseResult(batch.document, tally, {
    log: toLogEntry('adopt', input, { atMs: clock.nowMs(), detail }),
    missing: [],
    settledOrphans: adopted,
  });
  const stored = await writeRevision(results, revised, list);
  return { adopted, location: stored.location };
}

function toListed(seen: SeenInstance, { group, slot }: FreeSlot): ResultInstance {
  const { id, name, region, zone, endpoint } = seen;
  return {
    ...{ slot, group, id, name, region, zone, state: 'ready' },
    ...(endpoint === null ? {} : { endpoint }),
  };
}

/** Each adopted instance stands where its slot stood, or at the end when the slot had nothing. */
async function* withAdopted(
  instances: AsyncIterable<ResultInstance>,
  adoptions: readonly ResultInstance[],
): AsyncGenerator<ResultInstance> {
  const bySlot = new Map(adoptions.map((adopted) => [toSlotKey(adopted), adopted]));
  for await (const instance of instances) {
    const key = toSlotKey(instance);
    yield bySlot.get(key) ?? instance;
    bySlot.delete(key);
  }
  yield* bySlot.values();
}
