import { setMaxListeners } from 'node:events';
import type {
  KeptInstance,
  ReleaseSliceAnswer,
  ReleaseSliceInput,
} from '../contract/operation-types';
import { FAILURES } from '../contract/failure-types';
import type { ResultInstance } from '../domain/result';
import type { ReleaseEntry } from '../outbound/release-book';
import { CallCounter } from './call-counter';
import { deleteInstance, type Deletion } from './delete-instance';
import type { ActivityDependencies } from './dependencies';
import { toRetryable } from './failures';
import { findInstances } from './find-instances';
import { withHeartbeat, type AttemptLife } from './heartbeat';
import { readConfirmedBatch, type EndedBatch } from './latest-result';

/** Ids of one look (DescribeInstances page, 2025), and deletes in flight at once. */
const PIECE_IDS = 30;
/** Rows of the answer; the counts are complete. */
const KEPT_ROWS_MAX = 20;

/**
 * Releases a part of a batch's instances. Each is looked at before: it must bear the batch's name and
 * be PostPaid. What is about to go is written down first, and what is gone already is fine, so that a
 * crash at any moment costs another look and nothing else.
 */
export function createReleaseSlice(dependencies: ActivityDependencies) {
  return (input: ReleaseSliceInput): Promise<ReleaseSliceAnswer> =>
    withHeartbeat(async (life) => {
      const batch = await readConfirmedBatch(dependencies, input);
      // Each call in flight listens to the same signal.
      setMaxListeners(2 * PIECE_IDS, life.signal);
      const slice = new Slice(dependencies, { batch, input, life });
      for (const piece of await slice.listPieces()) await slice.release(piece);
      return slice.toAnswer();
    });
}

interface SliceOptions {
  readonly batch: EndedBatch;
  readonly input: ReleaseSliceInput;
  readonly life: AttemptLife;
}

/** One part of the list, piece by piece. */
class Slice {
  private readonly calls = new CallCounter();
  private readonly kept: KeptInstance[] = [];
  private released = 0;
  private gone = 0;

  constructor(
    private readonly dependencies: ActivityDependencies,
    private readonly options: SliceOptions,
  ) {}

  /** The instances of this part that are still to be released, by region. */
  async listPieces(): Promise<readonly (readonly ResultInstance[])[]> {
    const { from, count } = this.options.input;
    const byRegion = new Map<string, ResultInstance[]>();
    let position = -1;
    for await (const instance of this.dependencies.results.streamInstances(this.key)) {
      position += 1;
      if (position < from || instance.state === 'released') continue;
      if (position >= from + count) break;
      byRegion.set(instance.region, [...(byRegion.get(instance.region) ?? []), instance]);
    }
    return [...byRegion.values()].flatMap(toPieces);
  }

  async release(piece: readonly ResultInstance[]): Promise<void> {
    const { life, batch } = this.options;
    if (life.isStopping()) throw toDelayed('the worker was told to stop');
    const { account } = batch.document;
    const region = piece[0]?.region ?? '';
    const ids = piece.map(({ id }) => id);
    const search = { account, region, ids, signal: life.signal };
    const found = await findInstances(this.dependencies.cloud, search, this.calls);
    await this.noteAbsent(ids.filter((id) => !found.has(id)));
    const seen = [...found.values()];
    await this.note(seen.map(({ id }) => ({ id, state: 'releasing' })));
    const order = { account, nameTag: batch.nameTag, signal: life.signal, calls: this.calls };
    const deletions = await Promise.all(
      seen.map((instance) => deleteInstance(this.dependencies.releases, instance, order)),
    );
    await this.take(seen.map(({ id }, index) => ({ id, deletion: deletions[index]! })));
  }

  toAnswer(): ReleaseSliceAnswer {
    return {
      calls: this.calls.toCounts(),
      released: this.released,
      gone: this.gone,
      kept: this.kept.length,
      keptRows: this.kept.slice(0, KEPT_ROWS_MAX),
    };
  }

  private async take(
    done: readonly { readonly id: string; readonly deletion: Deletion }[],
  ): Promise<void> {
    const deleted = done.filter(({ deletion }) => deletion.kind === 'deleted');
    await this.note(deleted.map(({ id }) => ({ id, state: 'released' })));
    this.released += deleted.length;
    for (const { deletion } of done) {
      if (deletion.kind === 'kept') this.kept.push(deletion.kept);
    }
    for (const { deletion } of done) {
      if (deletion.kind !== 'delayed') continue;
      throw toDelayed(deletion.message, deletion.retryAfterMs ?? undefined);
    }
  }

  /** What an earlier attempt was about to release, and is gone now, was released by us. */
  private async noteAbsent(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const book = await this.dependencies.releaseBook.read(this.key);
    const entries = ids.map((id): ReleaseEntry => {
      const known = book.get(id);
      return { id, state: known === undefined || known === 'gone' ? 'gone' : 'released' };
    });
    await this.note(entries);
    const gone = entries.filter(({ state }) => state === 'gone').length;
    this.gone += gone;
    this.released += entries.length - gone;
  }

  private async note(entries: readonly ReleaseEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const part = `p${String(this.options.input.from).padStart(8, '0')}`;
    await this.dependencies.releaseBook.note({ ...this.key, part }, entries);
  }

  private get key(): { tenant: string; batchId: string; generation: number } {
    const { tenant, batchId, generation } = this.options.batch.document;
    return { tenant, batchId, generation };
  }
}

function toPieces(instances: readonly ResultInstance[]): ResultInstance[][] {
  const pieces: ResultInstance[][] = [];
  for (let at = 0; at < instances.length; at += PIECE_IDS) {
    pieces.push(instances.slice(at, at + PIECE_IDS));
  }
  return pieces;
}

function toDelayed(why: string, nextRetryDelayMs?: number): Error {
  return toRetryable(
    FAILURES.operationDelayed,
    `the release goes on in the next attempt: ${why}`,
    nextRetryDelayMs,
  );
}
