import type { OpenReleaseAnswer, ReleaseBatchInput } from '../contract/operation-types';
import type { ActivityDependencies } from './dependencies';
import { readConfirmedBatch } from './latest-result';

/** Says whether a batch can be released as it was confirmed, and how much of it there is. */
export function createOpenRelease(dependencies: ActivityDependencies) {
  return async (input: ReleaseBatchInput): Promise<OpenReleaseAnswer> => {
    const { document } = await readConfirmedBatch(dependencies, input);
    const { tenant, batchId, generation } = document;
    let instances = 0;
    const listed = dependencies.results.streamInstances({ tenant, batchId, generation });
    for await (const { id } of listed) instances += id === '' ? 0 : 1;
    return { account: document.account, instances };
  };
}
