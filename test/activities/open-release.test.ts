import { createOpenRelease } from '../../src/activities/open-release';
import type { ResultInstance } from '../../src/domain/result';
import { openInstances } from '../../src/service/open-instances';
import { createResultDocument } from '../support/result-document';
import { runActivity, useActivityStages } from './activity-stage';

/** A list of instances that is shorter than its document says was cut, and nobody acts on it. */

const KEY = { tenant: 'default', batchId: 'nightly', generation: 0 };
const DOCUMENT = createResultDocument({ ...KEY });
const createStage = useActivityStages();

/** A store whose document counts two instances, and whose list has so many. */
async function storeList(count: number) {
  const runs = {
    ...{ listRuns: never, readStart: never, isAwaited: never, listOpenBatches: never },
    hasEnded: () => Promise.resolve(true),
  };
  const { dependencies } = createStage({}, { runs });
  const list = Array.from({ length: count }, (_, slot) => toInstance(slot));
  return { dependencies, stored: await dependencies.results.write(DOCUMENT, list) };
}

function never(): never {
  throw new Error('a release asks for nothing else');
}

function toInstance(slot: number): ResultInstance {
  const place = { name: 'n', region: 'cn-hangzhou', zone: 'cn-hangzhou-h' };
  return { slot, group: 'sessions', id: `r-${slot}`, ...place, state: 'ready' };
}

test('a release begins with as many instances as the list has', async () => {
  const { dependencies } = await storeList(2);
  const opened = runActivity(createOpenRelease(dependencies), { ...KEY, revision: 0 });
  expect(await opened).toEqual({ account: 'default', instances: 2 });
});

test('a release of a list that was cut is refused before anything is released', async () => {
  const { dependencies } = await storeList(1);
  const opened = runActivity(createOpenRelease(dependencies), { ...KEY, revision: 0 });
  await expect(opened).rejects.toMatchObject({
    type: 'OperationRefused',
    nonRetryable: true,
    message: expect.stringContaining('holds 1 instances, and its document counts 2'),
  });
});

test('who takes a list away that was cut hears of it at its end', async () => {
  const { dependencies, stored } = await storeList(1);
  const opened = openInstances(dependencies.results, stored);
  const taken: string[] = [];
  const take = async (): Promise<void> => {
    if (!opened.ok) throw new Error(opened.message);
    for await (const { id } of opened.value) taken.push(id);
  };
  await expect(take()).rejects.toThrow('the list was cut');
  expect(taken).toEqual(['r-0']);
});
