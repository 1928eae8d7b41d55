import type { RecordReleaseAnswer, RecordReleaseInput } from '../contract/operation-types';
import type { LogEntry } from '../domain/progress';
import type { ResultInstance } from '../domain/result';
import { InstanceTally, reviseResult } from '../domain/revise-result';
import type { ReleaseEntry } from '../outbound/release-book';
import type { ActivityDependencies } from './dependencies';
import { readEndedBatch } from './latest-result';
import { toLogEntry } from './log-entry';
import { writeRevision } from './write-revision';

type Book = ReadonlyMap<string, ReleaseEntry['state']>;

/** Writes the revision of the result that says what was released; writing it again changes nothing. */
export function createRecordRelease(dependencies: ActivityDependencies) {
  const { results, releaseBook, clock } = dependencies;
  return async (input: RecordReleaseInput): Promise<RecordReleaseAnswer> => {
    const { document, location } = await readEndedBatch(dependencies, input);
    const { tenant, batchId, generation } = document;
    const key = { tenant, batchId, generation };
    if (document.revision !== input.revision) {
      // An earlier attempt has written it, and its answer was lost.
      return { document, location };
    }
    const book = await releaseBook.read(key);
    const list = (): AsyncIterable<ResultInstance> =>
      withStates(results.streamInstances(key), book);
    const tally = new InstanceTally();
    for await (const instance of list()) tally.add(instance);
    const revised = reviseResult(document, tally, {
      log: toReleaseLog(input, book, clock.nowMs()),
      missing: listIds(book, 'gone'),
      settledOrphans: [],
    });
    return writeRevision(results, revised, list);
  };
}

async function* withStates(
  instances: AsyncIterable<ResultInstance>,
  book: Book,
): AsyncGenerator<ResultInstance> {
  for await (const instance of instances) {
    const state = book.get(instance.id);
    if (state === 'released') yield { ...instance, state: 'released' };
    else if (state === 'gone') yield { ...instance, state: 'gone' };
    else yield instance;
  }
}

function toReleaseLog(input: RecordReleaseInput, book: Book, atMs: number): LogEntry {
  const detail =
    `${listIds(book, 'released').length} released, ${listIds(book, 'gone').length} were gone` +
    (input.isCancelled ? '; called off before its end' : '');
  return toLogEntry('release', input, { atMs, detail });
}

function listIds(book: Book, wanted: ReleaseEntry['state']): string[] {
  return [...book].filter(([, state]) => state === wanted).map(([id]) => id);
}
