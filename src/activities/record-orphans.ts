import type { RecordOrphansAnswer, RecordOrphansInput } from '../contract/sweep-types';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { ResultDocument } from '../domain/result';
import type { StoredResult } from '../outbound/result-store';
import type { ActivityDependencies } from './dependencies';
import { readLatestBatch } from './latest-result';
import { toLogEntry } from './log-entry';
import { findHindrance, toPatienceMs } from './sweep-hindrance';
import { writeListedRevision } from './write-revision';

/** Ids that the log names. */
const LOGGED_IDS_MAX = 20;

/**
 * Writes the orphans of a sweep into the next revision of the result. Doing it again changes nothing;
 * where another document is the latest one by now, nothing is written.
 */
export function createRecordOrphans(dependencies: ActivityDependencies) {
  return async (input: RecordOrphansInput): Promise<RecordOrphansAnswer> => {
    const latest = await readLatestBatch(dependencies, input);
    const { document } = latest;
    // An earlier attempt has written it, and its answer was lost.
    if (listsAll(document, input)) return toRecorded(dependencies, latest);
    const isSame = document.generation === input.generation && document.revision === input.revision;
    if (!isSame || (await findHindrance(dependencies, input)) !== null) {
      return { kind: 'changed', afterMs: toPatienceMs(dependencies.settle) };
    }
    return toRecorded(dependencies, await record(dependencies, document, input));
  };
}

function listsAll(document: ResultDocument, input: RecordOrphansInput): boolean {
  const listed = new Set(document.orphans.map(({ id }) => id));
  return (
    document.generation === input.generation && input.orphans.every(({ id }) => listed.has(id))
  );
}

function record(
  { results, clock }: ActivityDependencies,
  document: ResultDocument,
  input: RecordOrphansInput,
): Promise<StoredResult> {
  const { orphans } = input;
  const ids = orphans.slice(0, LOGGED_IDS_MAX).map(({ id }) => id);
  const detail = `${orphans.length} orphans found after the end: ${ids.join(', ')}`;
  return writeListedRevision(results, document, {
    log: toLogEntry('orphansFound', input, { atMs: clock.nowMs(), detail }),
    missing: [],
    settledOrphans: [],
    foundOrphans: orphans,
  });
}

function toRecorded(
  { tuning }: ActivityDependencies,
  { document, location }: Pick<StoredResult, 'document' | 'location'>,
): RecordOrphansAnswer {
  const { tenant, batchId, revision } = document;
  const { installationId, account } = document.frozen as FrozenPlan;
  return {
    kind: 'recorded',
    ...{ revision, location },
    identity: { installationId, account, tenant, batchId },
    notifyForMs: tuning.notifyForMs,
    isSearchable: tuning.isSearchable,
  };
}
