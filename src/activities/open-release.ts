import type { OpenReleaseAnswer, ReleaseBatchInput } from '../contract/operation-types';
import { countListed } from '../domain/result';
import type { ActivityDependencies } from './dependencies';
import { toOperationRefused } from './failures';
import { readConfirmedBatch } from './latest-result';

/** Says whether a batch can be released as it was confirmed, and how much of it there is. */
export function createOpenRelease(dependencies: ActivityDependencies) {
  return async (input: ReleaseBatchInput): Promise<OpenReleaseAnswer> => {
    const { document } = await readConfirmedBatch(dependencies, input);
    const { tenant, batchId, generation } = document;
    let instances = 0;
    const listed = dependencies.results.streamInstances({ tenant, batchId, generation });
    for await (const { id } of listed) instances += id === '' ? 0 : 1;
    const expected = countListed(document.counts);
    if (instances < expected) {
      throw toOperationRefused(
        `the list of ${tenant}/${batchId} holds ${instances} instances, and its document counts ` +
          `${expected}: the list was cut. Bring it back from a backup, or have "tairfleet ` +
          'reconcile" adopt what it lacks, and look again; nothing was released',
      );
    }
    return { account: document.account, instances };
  };
}
