import type { SeenInstance } from '../cloud/port';
import type { SearchPlace } from '../contract/activity-types';
import {
  SWEEP_ROWS_MAX,
  type FoundOrphans,
  type SweepAnswer,
  type SweepInput,
} from '../contract/sweep-types';
import type { ResultInstance } from '../domain/result';
import { countBatch, listBatch, type BatchSearch } from './batch-search';
import { CallCounter } from './call-counter';
import { compareInstances } from './compare-instances';
import type { ActivityDependencies } from './dependencies';
import { ENGINES } from './find-instances';
import { withHeartbeat } from './heartbeat';
import { readLatestBatch, type EndedBatch } from './latest-result';
import { findDeletion, findHindrance, toPatienceMs } from './sweep-hindrance';

/** Released, and perhaps still in the recycle bin: it costs nothing (status page, 2025). */
const GONE_STATUS = 'Released';

type Outcome<Answer = SweepAnswer> = Answer extends unknown ? Omit<Answer, 'calls'> : never;

/**
 * Looks once for orphans of an ended batch (rule R9): a count where that is enough, else the sets of
 * ids. It compares with the latest result of all generations, and changes nothing.
 */
export function createSweep(dependencies: ActivityDependencies) {
  return (input: SweepInput): Promise<SweepAnswer> =>
    withHeartbeat(async () => {
      const calls = new CallCounter();
      const outcome = await look(dependencies, input, calls);
      return { ...outcome, calls: calls.toCounts() };
    });
}

async function look(
  dependencies: ActivityDependencies,
  input: SweepInput,
  calls: CallCounter,
): Promise<Outcome> {
  const hindrance = await findHindrance(dependencies, input);
  if (hindrance !== null) return hindrance;
  const batch = await readLatestBatch(dependencies, input);
  const { document } = batch;
  if (input.generation !== null && document.generation > input.generation) {
    return { kind: 'superseded' };
  }
  const deletion = findDeletion(dependencies, document);
  if (deletion !== null) return deletion;
  const listed = await surveyList(dependencies, batch);
  const { account } = document;
  const places = toPlaces(batch, input.scope, listed.regions);
  const search = { account, nameTag: batch.nameTag, places };
  if (input.isCountEnough) {
    const knownOrphans = document.orphans.length + (document.omitted?.orphans ?? 0);
    const count = await countBatch(dependencies.cloud, search, calls);
    if (count === listed.alive + knownOrphans) {
      return { kind: 'clean', isCompared: false, knownOrphans };
    }
  }
  return compare(dependencies, { batch, search, calls });
}

interface Survey {
  /** Listed instances that should be there. */
  readonly alive: number;
  readonly regions: ReadonlySet<string>;
}

/** States of listed instances that a search does not find. */
const NOT_ALIVE: ReadonlySet<string> = new Set(['released', 'missing', 'gone']);

/** One pass over the list, which is never held. */
async function surveyList(
  { results }: ActivityDependencies,
  { document }: EndedBatch,
): Promise<Survey> {
  const missing = new Set(document.missing);
  const regions = new Set(document.orphans.map(({ region }) => region));
  let alive = 0;
  for await (const { id, region, state } of results.streamInstances(document)) {
    regions.add(region);
    if (!NOT_ALIVE.has(state) && !missing.has(id)) alive += 1;
  }
  return { alive, regions };
}

/** Where the request may have bought; and, with every engine, where else the result says it has. */
function toPlaces(
  { frozen }: EndedBatch,
  scope: SweepInput['scope'],
  regions: ReadonlySet<string>,
): readonly SearchPlace[] {
  const asked = scope?.requestHash === frozen.requestHash ? scope.places : [];
  const known = new Set(asked.map(({ region }) => region));
  const others = [...regions].filter((region) => !known.has(region));
  return [
    ...asked,
    ...others.flatMap((region) => ENGINES.map((engine) => ({ region, engine }) as const)),
  ];
}

interface CompareOptions {
  readonly batch: EndedBatch;
  readonly search: BatchSearch;
  readonly calls: CallCounter;
}

async function compare(
  dependencies: ActivityDependencies,
  { batch, search, calls }: CompareOptions,
): Promise<Outcome> {
  const { cloud, results, settle, isClassCompared } = dependencies;
  const { document } = batch;
  const seen = await listBatch(cloud, search, calls);
  const listed: AsyncIterable<ResultInstance> = results.streamInstances(document);
  const comparison = await compareInstances({ seen, listed, homes: null, isClassCompared });
  const unowned = comparison.orphans.map((orphan) => orphan.seen);
  const known = new Set(document.orphans.map(({ id }) => id));
  const found = unowned.filter(({ id, status }) => !known.has(id) && status !== GONE_STATUS);
  const knownOrphans = unowned.filter(({ id }) => known.has(id)).length;
  if (found.length === 0) return { kind: 'clean', isCompared: true, knownOrphans };
  // A run that has begun since may own what was seen, or own it and be over by now.
  const hindrance = await findHindrance(dependencies, document);
  if (hindrance !== null) return hindrance;
  if (!(await isLatest(dependencies, batch))) {
    return { kind: 'notNow', code: 'changed', afterMs: toPatienceMs(settle) };
  }
  return toFound(batch, found, knownOrphans);
}

async function isLatest(
  dependencies: ActivityDependencies,
  { document }: EndedBatch,
): Promise<boolean> {
  const latest = (await readLatestBatch(dependencies, document)).document;
  return latest.generation === document.generation && latest.revision === document.revision;
}

function toFound(
  { document, frozen }: EndedBatch,
  found: readonly SeenInstance[],
  knownOrphans: number,
): FoundOrphans {
  const { generation, revision } = document;
  return {
    kind: 'found',
    ...{ generation, revision, knownOrphans },
    requestHash: frozen.requestHash,
    orphans: found
      .slice(0, SWEEP_ROWS_MAX)
      .map(({ id, name, region, status }) => ({ id, name, region, status })),
  };
}
