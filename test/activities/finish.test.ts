import { createFinish } from '../../src/activities/finish';
import type { FinishAnswer, FinishInput } from '../../src/contract/activity-types';
import type { ResultInstance } from '../../src/domain/result';
import { createResultDocument } from '../support/result-document';
import { runActivity, useActivityStages, type ActivityStage } from './activity-stage';

const DOCUMENT = createResultDocument();
const { tenant, batchId, generation } = DOCUMENT;
const KEY = { tenant, batchId, generation };

const INPUT: FinishInput = { document: DOCUMENT, shards: [0, 1] };

const createStage = useActivityStages();

/** A stage on which both shards have written their lists. */
async function createStoredStage(): Promise<ActivityStage> {
  const stage = createStage();
  for (const shard of [0, 1]) {
    await stage.dependencies.results.writeShard({ ...KEY, shard }, [createInstance(shard)]);
  }
  return stage;
}

function createInstance(slot: number): ResultInstance {
  const place = { name: 'tf-home', region: 'cn-hangzhou', zone: 'cn-hangzhou-h' };
  return { slot, group: 'sessions', id: `r-${slot}`, ...place, state: 'ready' };
}

function finish(
  { dependencies }: ActivityStage,
  input: Partial<FinishInput> = {},
): Promise<FinishAnswer> {
  return runActivity(createFinish(dependencies), { ...INPUT, ...input });
}

async function readInstances({ dependencies }: ActivityStage): Promise<ResultInstance[]> {
  const instances: ResultInstance[] = [];
  for await (const each of dependencies.results.streamInstances(KEY)) instances.push(each);
  return instances;
}

describe('the final document', () => {
  it('lists the instances of all shards in their order', async () => {
    const stage = await createStoredStage();
    const { document } = await finish(stage);
    expect(document.instances).toEqual([createInstance(0), createInstance(1)]);
    expect(await readInstances(stage)).toEqual(document.instances);
  });

  it('names a file instead of the instances when there are many', async () => {
    const stage = await createStoredStage();
    const document = { ...DOCUMENT, counts: { ...DOCUMENT.counts, slots: 501 } };
    const answer = await finish(stage, { document });
    expect(answer.document.instances).toBeUndefined();
    expect(answer.document.instancesUrl).toMatch(/^file:.*instances\.ndjson$/);
    expect(await readInstances(stage)).toHaveLength(2);
  });

  it.each([2, 501])('is the same when it is written again (%i slots)', async (slots) => {
    const stage = await createStoredStage();
    const document = { ...DOCUMENT, counts: { ...DOCUMENT.counts, slots } };
    const first = await finish(stage, { document });
    expect(await finish(stage, { document })).toEqual(first);
    expect(first.document.revision).toBe(0);
  });

  it('gets a revision when a reset after the end finds something else', async () => {
    const stage = createStage();
    await finish(stage);
    const revised = { ...DOCUMENT, outcome: 'partial' as const };
    expect(await finish(stage, { document: revised })).toMatchObject({
      document: { revision: 1, outcome: 'partial' },
    });
    expect(await finish(stage, { document: revised })).toMatchObject({ document: { revision: 1 } });
  });

  it('is no revision of an earlier generation', async () => {
    const stage = createStage();
    await finish(stage);
    const next = { ...DOCUMENT, generation: 1, firstRunId: 'run-2', outcome: 'partial' as const };
    expect(await finish(stage, { document: next })).toMatchObject({ document: { revision: 0 } });
    expect(await stage.dependencies.results.list(KEY)).toHaveLength(2);
  });
});
