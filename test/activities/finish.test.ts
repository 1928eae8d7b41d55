import { createFinish } from '../../src/activities/finish';
import type { FinishAnswer, FinishInput } from '../../src/contract/activity-types';
import type { ResultInstance } from '../../src/domain/result';
import { createResultDocument } from '../support/result-document';
import { runActivity, useActivityStages, type ActivityStage } from './activity-stage';

const DOCUMENT = createResultDocument();
const { tenant, batchId, generation } = DOCUMENT;
const KEY = { tenant, batchId, generation };

const INPUT: FinishInput = {
  document: DOCUMENT,
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
  it('lists each slot with what the waits have seen, and failures as they are', async () => {
    const stage = createStage();
    await stage.dependencies.results.addInstances({ ...KEY, wave: 'w' }, [
      { id: 'r-1', status: 'Normal', zone: 'cn-hangzhou-h', endpoint: 'r-1:6379' },
    ]);
    const { document } = await finish(stage);
    const base = { group: 'sessions', name: 'tf-home-c0000', region: 'cn-hangzhou' };
    const expected = [
      { ...base, slot: 4, id: 'r-1', zone: 'cn-hangzhou-h', state: 'ready', endpoint: 'r-1:6379' },
      { ...base, slot: 5, id: 'r-2', zone: '', state: 'Error' },
    ];
    expect(document.instances).toEqual(expected);
    expect(await readInstances(stage)).toEqual(expected);
  });

  it('names a file instead of the instances when there are many', async () => {
    const stage = createStage();
    const document = { ...DOCUMENT, counts: { ...DOCUMENT.counts, slots: 501 } };
    const answer = await finish(stage, { document });
    expect(answer.document.instances).toBeUndefined();
    expect(answer.document.instancesUrl).toMatch(/^file:.*instances\.ndjson$/);
    expect(await readInstances(stage)).toHaveLength(2);
  });

  it.each([2, 501])('is the same when it is written again (%i slots)', async (slots) => {
    const stage = createStage();
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
