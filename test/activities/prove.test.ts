import type { ListedRun } from '../../src/activities/dependencies';
import { createProve } from '../../src/activities/prove';
import type { ProveAnswer } from '../../src/contract/activity-types';
import type { Proof } from '../../src/domain/proof';
import type { RunStart } from '../../src/domain/proof-decision';
import {
  createRuns,
  RUN_ID,
  runActivity,
  SETTLE_TIME_MS,
  START_MS,
  useActivityStages,
  type ActivityStage,
} from './activity-stage';
import { failedAnswer, okAnswer } from './scripted-cloud';

const createStage = useActivityStages();

function createProveStage(runIds: readonly string[], named = 0, start?: RunStart): ActivityStage {
  const listed = runIds.map((runId): ListedRun => ({ runId, frozen: null }));
  const runs = createRuns(listed, start);
  return createStage({ counts: [okAnswer(named)] }, { runs });
}

function prove(
  { dependencies }: ActivityStage,
  firstExecutionRunId = RUN_ID,
  carried: Proof | null = null,
): Promise<ProveAnswer> {
  return runActivity(createProve(dependencies), {
    account: 'default',
    nameTag: 'tf-home',
    places: [{ region: 'cn-hangzhou', engine: 'Redis' }],
    firstExecutionRunId,
    carried,
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

describe('the proof of a run that continues another one', () => {
  const CONTINUED: RunStart = {
    originalRunId: RUN_ID,
    continuedFromRunId: 'run-0',
    isContinueAsNew: true,
  };

  it('holds for what the other run had proven, without a look at the cloud', async () => {
    const stage = createProveStage(['run-0', RUN_ID], 5, CONTINUED);
    expect(await prove(stage, 'run-0', { runId: 'run-0' })).toEqual({
      kind: 'continued',
      proof: { runId: RUN_ID },
      calls: {},
    });
  });

  it.each<[string, RunStart]>([
    ['it is a reset of that run', { ...CONTINUED, originalRunId: 'run-1-before' }],
    ['it continues yet another run', { ...CONTINUED, continuedFromRunId: 'run-x' }],
    ['it was started anew', { ...CONTINUED, isContinueAsNew: false }],
  ])('is not given when %s', async (_when, start) => {
    const stage = createProveStage([RUN_ID], 0, start);
    expect(await prove(stage, RUN_ID, { runId: 'run-0' })).toMatchObject(UNSETTLED);
  });
});
