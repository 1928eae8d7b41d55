import { setMaxListeners } from 'node:events';
import type { SeenInstance } from '../cloud/port';
import type {
  KeptInstance,
  ReconcileBatchInput,
  ReconcileReport,
} from '../contract/operation-types';
import type { CallCounter } from './call-counter';
import type { Comparison } from './compare-instances';
import { deleteInstance, type Deletion } from './delete-instance';
import type { ActivityDependencies } from './dependencies';
import type { AttemptLife } from './heartbeat';
import type { EndedBatch } from './latest-result';
import { toLogEntry } from './log-entry';
import { writeListedRevision } from './write-revision';

/** Deletes in flight at once; the account's rate limit holds besides. */
const AT_ONCE = 30;
/** Calls for one orphan before it is left alone and reported. */
const TRIES_MAX = 5;
/** First pause between two of them; it grows by as much each time. */
const PAUSE_MS = 500;

/** The batch, what was found, and who asks. */
export interface DeleteOrphansOptions {
  readonly batch: EndedBatch;
  readonly comparison: Comparison;
  readonly input: ReconcileBatchInput;
  readonly calls: CallCounter;
  readonly life: AttemptLife;
}

/**
 * Deletes the orphans of an ended batch: PostPaid ones that bear its name and that the comparison has
 * just seen. Everything else is left alone and named.
 */
export async function deleteOrphans(
  dependencies: ActivityDependencies,
  options: DeleteOrphansOptions,
): Promise<Pick<ReconcileReport, 'deleted' | 'kept' | 'location'>> {
  // Each call in flight listens to the same signal.
  setMaxListeners(2 * AT_ONCE, options.life.signal);
  const deleted: string[] = [];
  const kept: KeptInstance[] = [];
  const seen = options.comparison.orphans.map((orphan) => orphan.seen);
  for (let at = 0; at < seen.length; at += AT_ONCE) {
    const piece = seen.slice(at, at + AT_ONCE);
    const deletions = await Promise.all(
      piece.map((instance) => deletePatiently(dependencies, instance, options)),
    );
    for (const [index, { id }] of piece.entries()) {
      const deletion = deletions[index]!;
      if (deletion.kind === 'deleted') deleted.push(id);
      else kept.push(toKept(id, deletion));
    }
  }
  const location = deleted.length === 0 ? null : await record(dependencies, options, deleted);
  return { deleted, kept, location };
}

async function deletePatiently(
  { releases }: ActivityDependencies,
  seen: SeenInstance,
  { batch, calls, life }: DeleteOrphansOptions,
): Promise<Deletion> {
  const { signal } = life;
  const order = { account: batch.document.account, nameTag: batch.nameTag, calls, signal };
  let deletion = await deleteInstance(releases, seen, order);
  for (let tries = 1; deletion.kind === 'delayed' && tries < TRIES_MAX; tries += 1) {
    await life.pause(deletion.retryAfterMs ?? tries * PAUSE_MS);
    deletion = await deleteInstance(releases, seen, order);
  }
  return deletion;
}

function toKept(id: string, deletion: Exclude<Deletion, { kind: 'deleted' }>): KeptInstance {
  if (deletion.kind === 'kept') return deletion.kept;
  return { id, code: 'delayed', message: `${deletion.message}; run it again` };
}

async function record(
  { results, clock }: ActivityDependencies,
  { batch, input }: DeleteOrphansOptions,
  deleted: readonly string[],
): Promise<string> {
  const detail = `${deleted.length} orphans deleted: ${deleted.slice(0, 20).join(', ')}`;
  const stored = await writeListedRevision(results, batch.document, {
    log: toLogEntry('deleteOrphans', input, { atMs: clock.nowMs(), detail }),
    missing: [],
    settledOrphans: deleted,
  });
  return stored.location;
}
