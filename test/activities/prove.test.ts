import type { ListedRun } from '../../src/activities/dependencies';
import { createProve } from '../../src/activities/prove';
import type { ProveAnswer } from '../../src/contract/activity-types';
import {
  RUN_ID,
  runActivity,
  SETTLE_TIME_MS,
  START_MS,
  useActivityStages,
  type ActivityStage,
} from './activity-stage';
import { failedAnswer, okAnswer } from './scripted-cloud';

const createStage = useActivityStages();

function createProveStage(runIds: readonly string[], named = 0): ActivityStage {
  const listed = runIds.map((runId): ListedRun => ({ runId, frozen: null }));
  const runs = { listRuns: () => Promise.resolve(listed) };
  return createStage({ counts: [okAnswer(named)] }, { runs });
}

function prove(
  { dependencies }: ActivityStage,
  firstExecutionRunId = RUN_ID,
): Promise<ProveAnswer> {
  return runActivity(createProve(dependencies), {
    account: 'default',
    batchTag: 'tf-home',
    places: [{ region: 'cn-hangzhou', engine: 'Redis' }],
    firstExecutionRunId,
  });
}

const UNSETTLED = {
  kind: 'unsettled',
  since: { runId: RUN_ID, atMs: START_MS },
  waitMs: SETTLE_TIME_MS + 30_000,
};

describe('the proof of a first run', () => {
  it('is given when this run is the only one and nothing bears the name', async () => {
    expect(await prove(createProveStage([RUN_ID]))).toEqual({
      kind: 'fresh',
      proof: { runId: RUN_ID },
      calls: { DescribeInstances: 1 },
    });
  });

  it('is not given when the list of runs does not show this run yet: it may hide others', async () => {
    await expect(prove(createProveStage([]))).rejects.toMatchObject({
      type: 'RunNotListed',
      nonRetryable: false,
    });
  });

  it.each([
    ['there was an earlier run', ['an-earlier-run', RUN_ID], 0],
    ['instances bear the name', [RUN_ID], 1],
  ])('is not given when %s', async (_when, runIds, named) => {
    expect(await prove(createProveStage(runIds, named))).toMatchObject(UNSETTLED);
  });

  it('is not given after a reset, which has another run id than the first one', async () => {
    expect(await prove(createProveStage([RUN_ID]), 'an-earlier-run')).toMatchObject(UNSETTLED);
  });

  it('is never given while every create must look up first', async () => {
    const stage = createProveStage([RUN_ID]);
    const dependencies = { ...stage.dependencies, isLookUpAlways: true };
    expect(await prove({ ...stage, dependencies })).toMatchObject(UNSETTLED);
  });

  it('waits for the cloud to answer the count', async () => {
    await expect(prove(createStage({ counts: [failedAnswer()] }))).rejects.toMatchObject({
      type: 'LookUpFailed',
    });
  });
});
