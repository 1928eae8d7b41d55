import { createStoreShard } from '../../src/activities/store-shard';
import type { StoreShardInput } from '../../src/contract/activity-types';
import type { ResultInstance } from '../../src/domain/result';
import { runActivity, useActivityStages, type ActivityStage } from './activity-stage';

const KEY = { tenant: 'default', batchId: 'nightly', generation: 0, shard: 3 };

const INPUT: StoreShardInput = {
  ...KEY,
  owned: [
    {
      group: 'sessions',
      from: 4,
      name: 'tf-home-c0000',
      region: 'cn-hangzhou',
      ids: ['r-1', 'r-2'],
    },
  ],
  failed: [{ id: 'r-2', status: 'Error' }],
};

const createStage = useActivityStages();

async function readShard({ dependencies }: ActivityStage): Promise<ResultInstance[]> {
  const instances: ResultInstance[] = [];
  for await (const each of dependencies.results.streamShard(KEY)) instances.push(each);
  return instances;
}

test('each slot is listed with what the waits have seen, and failures as they are', async () => {
  const stage = createStage();
  const store = createStoreShard(stage.dependencies);
  await stage.dependencies.results.addInstances({ ...KEY, wave: 'w' }, [
    { id: 'r-1', status: 'Normal', zone: 'cn-hangzhou-h', endpoint: 'r-1:6379' },
  ]);
  await runActivity(store, INPUT);
  const base = { group: 'sessions', name: 'tf-home-c0000', region: 'cn-hangzhou' };
  expect(await readShard(stage)).toEqual([
    { ...base, slot: 4, id: 'r-1', zone: 'cn-hangzhou-h', state: 'ready', endpoint: 'r-1:6379' },
    { ...base, slot: 5, id: 'r-2', zone: '', state: 'Error' },
  ]);
});

test('a shard that ends once more replaces its list', async () => {
  const stage = createStage();
  const store = createStoreShard(stage.dependencies);
  await runActivity(store, INPUT);
  await runActivity(store, { ...INPUT, failed: [] });
  expect((await readShard(stage)).map(({ state }) => state)).toEqual(['ready', 'ready']);
});

test('what the waits of another shard have seen is not mixed in', async () => {
  const stage = createStage();
  await stage.dependencies.results.addInstances({ ...KEY, shard: 4, wave: 'w' }, [
    { id: 'r-1', status: 'Normal', zone: 'cn-hangzhou-h', endpoint: 'r-1:6379' },
  ]);
  await runActivity(createStoreShard(stage.dependencies), INPUT);
  expect((await readShard(stage)).map(({ zone }) => zone)).toEqual(['', '']);
});
